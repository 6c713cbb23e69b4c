using Latchkey.Storage;

namespace Latchkey.Tests;

/// <summary>
/// Where a test's login server keeps its data: SQLite in the test's own directory, or, with
/// <c>LATCHKEY_TEST_DATABASE=postgres</c>, a PostgreSQL database of its own, or, with <c>postgres-spread</c>, one whose grants lie
/// on three servers. The same tests then hold the other store.
/// </summary>
internal sealed class TestDatabase : IDisposable
{
    private static readonly Lazy<DatabasePool> Pool = new(() => new DatabasePool(PostgresCluster.Instance, spread: Chosen == "postgres-spread"));

    private readonly string? _name = IsPostgres ? Pool.Value.Take() : null;

    public static bool IsPostgres => Chosen != "sqlite";

    private static string Chosen => Environment.GetEnvironmentVariable("LATCHKEY_TEST_DATABASE") switch
    {
        null or "" => "sqlite",
        var known and ("sqlite" or "postgres" or "postgres-spread") => known,
        var other => throw new InvalidOperationException($"LATCHKEY_TEST_DATABASE is sqlite, postgres or postgres-spread, not {other}."),
    };

    public void Configure(StorageOptions storage, string directory)
    {
        if (_name is null)
        {
            storage.DataDirectory = directory;
        }
        else
        {
            storage.Database = PostgresCluster.Instance.ConnectionString(_name);
            storage.KeyFile = PostgresCluster.Instance.KeyFile;
        }
    }

    public void Dispose()
    {
        if (_name is not null)
        {
            Pool.Value.PutBack(_name);
        }
    }
}
