using System.Security.Cryptography;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>A process ends in the middle of its work, and what it had answered holds.</summary>
public sealed class TwoNodeKillTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("LATCHKEY_LONG") is not null;

    [Fact, Spec("F-01")]
    public async Task A_node_that_is_killed_under_load_takes_nothing_along()
    {
        var cluster = PostgresCluster.Instance;
        await OverAsync(cluster, Long ? 15 : 2, async (nodes, traffic, round) =>
        {
            var victim = round % 2;
            await nodes.KillAsync(victim);
            await traffic.AcknowledgesAsync(20, 1 - victim);
            await nodes.StartAsync(victim);
            await traffic.AcknowledgesAsync(20, victim);
        });
    }

    [Fact, Spec("F-01")]
    public async Task A_database_that_is_killed_under_load_recovers_all_it_acknowledged()
    {
        using var cluster = PostgresCluster.Start();
        await OverAsync(cluster, Long ? 15 : 2, async (_, traffic, _) =>
        {
            cluster.Crash();
            cluster.Recover();
            await traffic.AcknowledgesAsync(20, 0);
            await traffic.AcknowledgesAsync(20, 1);
        });
    }

    private static async Task OverAsync(PostgresCluster cluster, int rounds, Func<TwoNodes, Traffic, int, Task> fault)
    {
        var database = cluster.CreateDatabase();
        var connection = cluster.ConnectionString(database);
        await using (var nodes = await TwoNodes.StartAsync(cluster.KeyFile, [connection, connection]))
        {
            for (var round = 0; round < rounds; round++)
            {
                var before = CountLiving(cluster, database);
                var traffic = await Traffic.StartAsync(nodes, 80);
                await traffic.AcknowledgesAsync(RandomNumberGenerator.GetInt32(50, 200));
                await fault(nodes, traffic, round);
                await traffic.StopAsync();
                await Ledger.CheckAsync(nodes, traffic, () => CountLiving(cluster, database) - before);
            }
        }

        cluster.DropDatabase(database);
    }

    private static int CountLiving(PostgresCluster cluster, string database) =>
        int.Parse(cluster.Sql(database, "SELECT count(*) FROM grants WHERE state = 1"));
}
