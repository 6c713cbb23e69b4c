namespace Latchkey.Faults.Tests.Postgres;

/// <summary>A theft is noticed by nodes that remember nothing of the rotation: the row does.</summary>
[Collection(nameof(SharedNodes))]
public sealed class ReuseAfterRestartTests(SharedNodes shared)
{
    private readonly TwoNodes _nodes = shared.Nodes;

    [Fact, Spec("F-15")]
    public async Task A_refresh_token_rotated_before_both_nodes_restarted_ends_its_grant()
    {
        var grants = new[] { await RotatedAsync(), await RotatedAsync() };

        await Task.WhenAll(RestartAsync(0), RestartAsync(1));

        // The retry window passes: as if the rotation had been ten seconds earlier.
        shared.Sql("UPDATE grants SET rotated_at = rotated_at - interval '10 seconds'");

        for (var node = 0; node < 2; node++)
        {
            var (first, second) = grants[node];
            var reused = await _nodes.RefreshAsync(first.Refresh, node);

            Assert.True(reused.IsRefusal, reused.ToString());
            Assert.Contains("used before", reused.Body.GetProperty("error_description").GetString(), StringComparison.Ordinal);
            Assert.False((await _nodes.IntrospectAsync(first.Access, 1 - node)).IsActive);
            Assert.False((await _nodes.IntrospectAsync(second.Access, node)).IsActive);
            Assert.True((await _nodes.RefreshAsync(second.Refresh, 1 - node)).IsRefusal);
        }
    }

    private async Task<((string Access, string Refresh) First, Answer Second)> RotatedAsync()
    {
        var first = await _nodes.App.LogInAsync();
        var second = await _nodes.RefreshAsync(first.Refresh);
        Assert.True(second.IsOk, second.ToString());
        return (first, second);
    }

    private async Task RestartAsync(int node)
    {
        await _nodes.TerminateAsync(node);
        await _nodes.StartAsync(node);
    }
}
