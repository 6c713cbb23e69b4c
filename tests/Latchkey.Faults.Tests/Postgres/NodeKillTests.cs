using System.Security.Cryptography;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>Nodes end while apps use them, at once or in good order, and are started again.</summary>
[Collection(nameof(SharedNodes))]
public sealed class NodeKillTests(SharedNodes shared)
{
    private static readonly int Rounds = LongRun.IsWanted ? 30 : 2;

    private readonly TwoNodes _nodes = shared.Nodes;

    [Fact, Spec("F-01")]
    public Task A_node_that_is_killed_takes_nothing_acknowledged_along() => OneByOneAsync(_nodes.KillAsync, _ => { });

    [Fact, Spec("F-16")]
    public Task Apps_that_turn_to_the_other_node_meet_no_error_while_each_is_replaced() => OneByOneAsync(
        async node => Assert.Equal(0, (await _nodes.TerminateAsync(node)).ExitCode),
        traffic => Assert.Equal(0, traffic.ServerErrors));

    private async Task OneByOneAsync(Func<int, Task> end, Action<Traffic> check)
    {
        for (var round = 0; round < Rounds; round += 2)
        {
            var before = CountLiving();
            var traffic = await Traffic.StartAsync(_nodes, 100);
            for (var node = 0; node < 2; node++)
            {
                await traffic.AcknowledgesAsync(RandomNumberGenerator.GetInt32(20, 80));
                await end(node);
                await traffic.AcknowledgesAsync(20, 1 - node);
                await _nodes.StartAsync(node);
                await traffic.AcknowledgesAsync(20, node);
            }

            await traffic.StopAsync();
            check(traffic);
            await Ledger.CheckAsync(_nodes, traffic, () => CountLiving() - before);
        }
    }

    private int CountLiving() => int.Parse(shared.Sql("SELECT count(*) FROM grants WHERE state = 1"));
}
