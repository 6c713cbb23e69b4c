using Latchkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Tests;

/// <summary>
/// Where a test's login server keeps its data: SQLite in the test's own directory, or, with
/// <c>LATCHKEY_TEST_DATABASE=postgres</c>, a PostgreSQL database of its own. The same tests then hold the other store.
/// </summary>
internal sealed class TestDatabase : IDisposable
{
    // Made ready once and copied for each test: applying the migrations takes longer than most tests.
    private static readonly Lazy<string> Prepared = new(Prepare);

    private readonly string? _name = IsPostgres ? PostgresCluster.Instance.CreateDatabase(Prepared.Value) : null;

    public static bool IsPostgres => Environment.GetEnvironmentVariable("LATCHKEY_TEST_DATABASE") switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"LATCHKEY_TEST_DATABASE is sqlite or postgres, not {other}."),
    };

    public void Configure(StorageOptions storage, string directory)
    {
        if (_name is null)
        {
            storage.DataDirectory = directory;
        }
        else
        {
            Use(storage, _name);
        }
    }

    public void Dispose()
    {
        if (_name is not null)
        {
            PostgresCluster.Instance.DropDatabase(_name);
        }
    }

    private static void Use(StorageOptions storage, string name)
    {
        storage.Database = PostgresCluster.Instance.ConnectionString(name);
        storage.KeyFile = PostgresCluster.Instance.KeyFile;
    }

    private static string Prepare()
    {
        var name = PostgresCluster.Instance.CreateDatabase();
        using var services = new ServiceCollection().AddLatchkeyStorage(storage => Use(storage, name)).BuildServiceProvider();
        services.GetRequiredService<Database>().PrepareAsync().GetAwaiter().GetResult();
        return name;
    }
}
