using Latchkey.Storage;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.Tokens;
using Microsoft.Extensions.Options;

namespace Latchkey.Cli;

/// <summary>The stores in a data directory, opened for one command. A server may be running on it.</summary>
internal sealed class LatchkeyData : IAsyncDisposable
{
    public const string Unnamed = $"No data directory is named. Add --data DIR, or set {GlobalOptions.DataVariable}.";

    private readonly ServiceProvider _services;

    private LatchkeyData(ServiceProvider services) => _services = services;

    public TimeProvider Clock => Get<TimeProvider>();

    public AccountStore Accounts => Get<AccountStore>();

    public ClientStore Clients => Get<ClientStore>();

    public IGrantStore Grants => Get<IGrantStore>();

    public PersonalTokenStore PersonalTokens => Get<PersonalTokenStore>();

    public LiveKeyRing KeyRing => Get<LiveKeyRing>();

    public TokenKeyStore Keys => Get<TokenKeyStore>();

    /// <exception cref="StartupException">There is no database that can be used; nothing was changed.</exception>
    public static async Task<LatchkeyData> OpenAsync(string directory, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddLatchkeyStorage(o => o.DataDirectory = directory).BuildServiceProvider();
        try
        {
            RefuseWithoutDatabase(services.GetRequiredService<IOptions<StorageOptions>>().Value);
            await services.GetRequiredService<Database>().PrepareAsync(cancellationToken);
            return new LatchkeyData(services);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // A mistyped directory must not become a second, empty server that nobody runs.
    private static void RefuseWithoutDatabase(StorageOptions options)
    {
        if (!File.Exists(options.DatabaseFile) && !Directory.Exists(options.DatabaseFile))
        {
            throw new StartupException(
                $"There is no Latchkey database in {options.DataDirectory}. Name the directory of your server, or begin one with: latchkey serve --data {options.DataDirectory}");
        }
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
