namespace Latchkey.Faults.Tests.Postgres;

/// <summary>Nodes are replaced one by one, as for another version, while apps use them.</summary>
public sealed class RollingRestartTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("LATCHKEY_LONG") is null ? 1 : 10;

    private readonly string _database = PostgresCluster.Instance.CreateDatabase();

    public void Dispose() => PostgresCluster.Instance.DropDatabase(_database);

    [Fact, Spec("F-16")]
    public async Task Apps_that_turn_to_the_other_node_meet_no_error()
    {
        var connection = PostgresCluster.Instance.ConnectionString(_database);
        await using var nodes = await TwoNodes.StartAsync(PostgresCluster.Instance.KeyFile, [connection, connection]);
        var traffic = await Traffic.StartAsync(nodes, 100);

        for (var i = 0; i < 2 * Rounds; i++)
        {
            var node = i % 2;
            await traffic.AcknowledgesAsync(50);
            Assert.Equal(0, (await nodes.TerminateAsync(node)).ExitCode);
            await traffic.AcknowledgesAsync(20, 1 - node);
            await nodes.StartAsync(node);
            await traffic.AcknowledgesAsync(20, node);
        }

        await traffic.StopAsync();
        Assert.Equal(0, traffic.ServerErrors);
        await Ledger.CheckAsync(
            nodes, traffic, () => int.Parse(PostgresCluster.Instance.Sql(_database, "SELECT count(*) FROM grants WHERE state = 1")));
    }
}
