using System.Security.Cryptography;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.Sessions;
using Latchkey.Storage.Tokens;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Storage.Tests;

/// <summary>A data directory in a temporary place, and what a server would hold over it. Several may share one directory.</summary>
internal sealed class TestStorage : IAsyncDisposable
{
    public const string Password = "a fine long password";

    private readonly bool _ownsDirectory;

    private TestStorage(string directory, bool ownsDirectory, FakeTimeProvider clock, Action<StorageOptions>? configure, Action<IServiceCollection>? services)
    {
        DataDirectory = directory;
        _ownsDirectory = ownsDirectory;
        Clock = clock;
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddLatchkeyStorage(o =>
        {
            o.DataDirectory = directory;
            o.BusyTimeout = TimeSpan.FromSeconds(10);
            configure?.Invoke(o);
        });

        // The cost is held by a test of its own; the others need not pay it.
        collection.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
        services?.Invoke(collection);
        Services = collection.BuildServiceProvider();
    }

    public string DataDirectory { get; }

    public string File => Path.Combine(DataDirectory, "latchkey.db");

    public string Keys => Path.Combine(DataDirectory, "keys");

    public FakeTimeProvider Clock { get; }

    public ServiceProvider Services { get; }

    public Database Database => Get<Database>();

    public IGrantStore Grants => Get<IGrantStore>();

    public ClientStore Clients => Get<ClientStore>();

    public ConsentStore Consents => Get<ConsentStore>();

    public SessionStore Sessions => Get<SessionStore>();

    public AccountStore Accounts => Get<AccountStore>();

    public PersonalTokenStore PersonalTokens => Get<PersonalTokenStore>();

    public TokenKeyStore TokenKeys => Get<TokenKeyStore>();

    public LiveKeyRing KeyRing => Get<LiveKeyRing>();

    public AuditLog Audit => Get<AuditLog>();

    public ManagementWrites Writes => Get<ManagementWrites>();

    /// <summary>A new directory, not yet prepared.</summary>
    public static TestStorage Unprepared(Action<StorageOptions>? configure = null, Action<IServiceCollection>? services = null) => new(
        Path.Combine(Path.GetTempPath(), "latchkey-storage-" + RandomNumberGenerator.GetHexString(12, lowercase: true)),
        ownsDirectory: true,
        new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)),
        configure,
        services);

    public static async Task<TestStorage> CreateAsync(Action<StorageOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var storage = Unprepared(configure, services);
        await storage.Database.PrepareAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    /// <summary>What another process on the same data would hold, or the same server started again.</summary>
    public TestStorage Another(Action<StorageOptions>? configure = null) => new(DataDirectory, ownsDirectory: false, Clock, configure, services: null);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task<Guid> AddUserAsync(string name = "ada")
    {
        var result = await Accounts.CreateAsync(new NewAccount(name, $"{name}@example.org"), Password);
        Assert.True(result.Succeeded, string.Join(' ', result.Problems));
        return result.User.Id;
    }

    public async Task<Client> AddClientAsync(string label = "App", bool trusted = true) =>
        (await Clients.AddAsync(new NewClient { Label = label, RedirectUris = ["https://app.example/cb"], Trusted = trusted })).Client;

    public Grant NewGrant(Guid user, string? client, string scopes = "linodes:read_only") => new()
    {
        Id = Guid.CreateVersion7(Clock.GetUtcNow()),
        ClientId = client,
        UserId = user,
        Scopes = ScopeSet.Parse(scopes),
        State = GrantState.Pending,
        Generation = 0,
        RedirectUri = "https://app.example/cb",
        Refreshable = true,
        CreatedAt = Clock.GetUtcNow(),
        CodeExpiresAt = Clock.GetUtcNow().AddSeconds(60),
    };

    public async Task<Grant> InsertAsync(Guid user, string? client, string scopes = "linodes:read_only")
    {
        var grant = NewGrant(user, client, scopes);
        Assert.True(await Grants.ApplyAsync(new GrantWrite.Insert(grant)));
        return grant;
    }

    public async Task<Grant> ReadAsync(Guid id) =>
        await Grants.FindAsync(id) ?? throw new InvalidOperationException("There is no such grant.");

    /// <summary>A connection of nobody's, as another program would have.</summary>
    public SqliteConnection OpenRaw()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public long Number(string sql)
    {
        using var connection = OpenRaw();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of these tests only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    public void Execute(string sql)
    {
        using var connection = OpenRaw();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of these tests only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (_ownsDirectory && Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }
}
