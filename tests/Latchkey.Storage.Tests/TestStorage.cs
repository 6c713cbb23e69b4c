using System.Security.Cryptography;
using Latchkey.Core.Clients;
using Latchkey.Core.Consent;
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
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Storage.Tests;

/// <summary>A database in a temporary place, and what a server would hold over it. Several may share one.</summary>
internal sealed partial class TestStorage : IAsyncDisposable
{
    public const string Password = "a fine long password";

    private static readonly Lazy<string> Prepared = new(() => PreparedDatabase.On(PostgresCluster.Instance));

    private readonly PostgresCluster? _cluster;
    private readonly string? _postgres;
    private bool _ownsData;
    private Action<PostgresCluster, string> _drop = (cluster, name) => cluster.DropDatabase(name);

    private TestStorage(
        string directory, PostgresCluster? cluster, string? postgres, bool ownsData, FakeTimeProvider clock, Action<StorageOptions>? configure, Action<IServiceCollection>? services)
    {
        DataDirectory = directory;
        _cluster = cluster;
        _postgres = postgres;
        _ownsData = ownsData;
        Clock = clock;
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddLatchkeyStorage(o =>
        {
            if (postgres is null)
            {
                o.DataDirectory = directory;
            }
            else
            {
                o.Database = Cluster.ConnectionString(postgres);
                o.KeyFile = Cluster.KeyFile;
            }

            o.BusyTimeout = TimeSpan.FromSeconds(10);
            configure?.Invoke(o);
        });

        // The cost is held by a test of its own; the others need not pay it.
        collection.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
        services?.Invoke(collection);
        Services = collection.BuildServiceProvider();
    }

    private PostgresCluster Cluster => _cluster ?? PostgresCluster.Instance;

    public string DataDirectory { get; }

    public string File => Path.Combine(DataDirectory, "latchkey.db");

    public string Keys => Path.Combine(DataDirectory, "keys");

    public FakeTimeProvider Clock { get; }

    public ServiceProvider Services { get; }

    public Database Database => Get<Database>();

    public IGrantStore Grants => Get<IGrantStore>();

    public ClientStore Clients => Get<ClientStore>();

    /// <summary>Where consents of tests go that are about none.</summary>
    public static ConsentPlace Place { get; } = ConsentPlace.Of("https://app.example/callback", null);

    public ConsentStore Consents => Get<ConsentStore>();

    public SessionStore Sessions => Get<SessionStore>();

    public AccountStore Accounts => Get<AccountStore>();

    public PersonalTokenStore PersonalTokens => Get<PersonalTokenStore>();

    public TokenKeyStore TokenKeys => Get<TokenKeyStore>();

    public LiveKeyRing KeyRing => Get<LiveKeyRing>();

    public AuditLog Audit => Get<AuditLog>();

    public ManagementWrites Writes => Get<ManagementWrites>();

    /// <summary>A new data directory or database, not yet prepared.</summary>
    public static TestStorage Unprepared(Engine engine = Engine.Sqlite, Action<StorageOptions>? configure = null, Action<IServiceCollection>? services = null) =>
        New(null, engine == Engine.Postgres ? PostgresCluster.Instance.CreateDatabase() : null, configure, services);

    /// <summary>On a cluster of the test's own, which takes the database along.</summary>
    public static async Task<TestStorage> CreateAsync(PostgresCluster cluster)
    {
        var storage = New(cluster, cluster.CreateDatabase(), configure: null, services: null);
        storage._ownsData = false;
        await storage.Database.PrepareAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    public static async Task<TestStorage> CreateAsync(
        Engine engine = Engine.Sqlite, Action<StorageOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        if (engine == Engine.Postgres)
        {
            return New(null, PostgresCluster.Instance.CreateDatabase(Prepared.Value), configure, services);
        }

        if (engine == Engine.SpreadPostgres)
        {
            var spread = New(null, PostgresCluster.Instance.CreateDatabase(Prepared.Value), configure, services);
            spread.SpreadGrantsOut();
            return spread;
        }

        var storage = Unprepared(engine, configure, services);
        await storage.Database.PrepareAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    /// <summary>What another process on the same data would hold, or the same server started again.</summary>
    public TestStorage Another(Action<StorageOptions>? configure = null) => new(DataDirectory, _cluster, _postgres, ownsData: false, Clock, configure, services: null);

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

    public Task<bool> TryInsertAsync(Guid user, string? client) => Grants.ApplyAsync(new GrantWrite.Insert(NewGrant(user, client)));

    /// <summary>A grant of a user and a client of its own, its code not redeemed yet.</summary>
    public async Task<Grant> PendingAsync() => await InsertAsync(await AddUserAsync(), (await AddClientAsync()).Id);

    /// <summary>The same in its first generation.</summary>
    public async Task<Grant> ActiveAsync()
    {
        var grant = await PendingAsync();
        var now = Clock.GetUtcNow();
        await Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now.AddDays(1)));
        return await ReadAsync(grant.Id);
    }

    public async Task<Grant> ReadAsync(Guid id) =>
        await Grants.FindAsync(id) ?? throw new InvalidOperationException("There is no such grant.");

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (_ownsData && _postgres is not null)
        {
            _drop(Cluster, _postgres);
        }
        else if (_ownsData && Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private static TestStorage New(PostgresCluster? cluster, string? postgres, Action<StorageOptions>? configure, Action<IServiceCollection>? services) => new(
        Path.Combine(Path.GetTempPath(), "latchkey-storage-" + RandomNumberGenerator.GetHexString(12, lowercase: true)),
        cluster,
        postgres,
        ownsData: true,
        new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)),
        configure,
        services);
}
