namespace Latchkey.Faults.Tests.Postgres;

/// <summary>A theft is noticed by nodes that remember nothing of the rotation: the row does.</summary>
public sealed class ReuseAfterRestartTests : IDisposable
{
    private readonly string _database = PostgresCluster.Instance.CreateDatabase();

    public void Dispose() => PostgresCluster.Instance.DropDatabase(_database);

    [Theory, Spec("F-15")]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_refresh_token_rotated_before_both_nodes_restarted_ends_its_grant(int presentedTo)
    {
        var connection = PostgresCluster.Instance.ConnectionString(_database);
        await using var nodes = await TwoNodes.StartAsync(PostgresCluster.Instance.KeyFile, [connection, connection]);
        var first = await nodes.App.LogInAsync();
        var second = await nodes.RefreshAsync(first.Refresh, 0);
        Assert.True(second.IsOk);

        await Task.WhenAll(RestartAsync(nodes, 0), RestartAsync(nodes, 1));

        // The retry window passes: as if the rotation had been ten seconds earlier.
        PostgresCluster.Instance.Sql(_database, "UPDATE grants SET rotated_at = rotated_at - interval '10 seconds'");

        var reused = await nodes.RefreshAsync(first.Refresh, presentedTo);

        Assert.True(reused.IsRefusal, reused.ToString());
        Assert.Contains("used before", reused.Body.GetProperty("error_description").GetString(), StringComparison.Ordinal);
        for (var node = 0; node < 2; node++)
        {
            Assert.False((await nodes.IntrospectAsync(first.Access, node)).IsActive);
            Assert.False((await nodes.IntrospectAsync(second.Access, node)).IsActive);
            Assert.True((await nodes.RefreshAsync(second.Refresh, node)).IsRefusal);
        }
    }

    private static async Task RestartAsync(TwoNodes nodes, int node)
    {
        await nodes.TerminateAsync(node);
        await nodes.StartAsync(node);
    }
}
