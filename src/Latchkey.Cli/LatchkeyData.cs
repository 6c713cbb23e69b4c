using Latchkey.Storage;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.Tokens;
using Microsoft.Extensions.Options;

namespace Latchkey.Cli;

/// <summary>A server's stores, opened for one command. A server may be running on it.</summary>
internal sealed class LatchkeyData : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LatchkeyData(ServiceProvider services) => _services = services;

    public TimeProvider Clock => Get<TimeProvider>();

    public AccountStore Accounts => Get<AccountStore>();

    public ClientStore Clients => Get<ClientStore>();

    public IGrantStore Grants => Get<IGrantStore>();

    public GrantRecall Recall => Get<GrantRecall>();

    public GrantSweep Sweep => Get<GrantSweep>();

    public PersonalTokenStore PersonalTokens => Get<PersonalTokenStore>();

    public LiveKeyRing KeyRing => Get<LiveKeyRing>();

    public TokenKeyStore Keys => Get<TokenKeyStore>();

    /// <exception cref="StartupException">There is no database that can be used; nothing was changed.</exception>
    public static async Task<LatchkeyData> OpenAsync(DataPlace place, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddLatchkeyStorage(place.Configure).BuildServiceProvider();
        try
        {
            place.RefuseIfEmpty(services.GetRequiredService<IOptions<StorageOptions>>().Value);
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

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
