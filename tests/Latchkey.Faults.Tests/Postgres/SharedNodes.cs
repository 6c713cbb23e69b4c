namespace Latchkey.Faults.Tests.Postgres;

[CollectionDefinition(nameof(SharedNodes))]
public sealed class OneAfterAnother : ICollectionFixture<SharedNodes>;

/// <summary>Two nodes over one database that tests take in turn; each leaves them running.</summary>
public sealed class SharedNodes : IAsyncLifetime
{
    private readonly string _database = PostgresCluster.Instance.CreateDatabase();

    /// <summary>Between the first node and the database.</summary>
    internal Wire Wire { get; } = new(PostgresCluster.Instance);

    internal TwoNodes Nodes { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var direct = PostgresCluster.Instance.ConnectionString(_database);
        await TwoNodes.MakeTablesAsync(direct, PostgresCluster.Instance.KeyFile);

        // Nothing is prepared on the first, so that the wire knows a statement by its text.
        Nodes = await TwoNodes.StartAsync(
            PostgresCluster.Instance.KeyFile, [Wire.ConnectionString(_database) + ";Max Auto Prepare=0;Timeout=2", direct]);
    }

    public async ValueTask DisposeAsync()
    {
        if (Nodes is not null)
        {
            await Nodes.DisposeAsync();
        }

        Wire.Dispose();
        PostgresCluster.Instance.DropDatabase(_database);
    }

    internal string Sql(string sql) => PostgresCluster.Instance.Sql(_database, sql).TrimEnd('\n');
}
