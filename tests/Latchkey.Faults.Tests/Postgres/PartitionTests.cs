using System.Net;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>One node loses the database and the other does not.</summary>
public sealed class PartitionTests : IDisposable
{
    private readonly string _database = PostgresCluster.Instance.CreateDatabase();
    private readonly Wire _wire = new(PostgresCluster.Instance);

    public void Dispose()
    {
        _wire.Dispose();
        PostgresCluster.Instance.DropDatabase(_database);
    }

    [Theory, Spec("F-12")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_without_the_database_calls_no_token_alive_and_comes_back_by_itself(bool silent)
    {
        var direct = PostgresCluster.Instance.ConnectionString(_database);
        await TwoNodes.MakeTablesAsync(direct, PostgresCluster.Instance.KeyFile);
        await using var nodes = await TwoNodes.StartAsync(
            PostgresCluster.Instance.KeyFile, [_wire.ConnectionString(_database) + ";Timeout=1;Command Timeout=1", direct]);
        var (access, refresh) = await nodes.App.LogInAsync();
        var other = await nodes.App.LogInAsync();
        Assert.True((await nodes.IntrospectAsync(access, 0)).IsActive);

        Part(silent);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nodes.IntrospectAsync(access, 0)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nodes.RefreshAsync(refresh, 0)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nodes.RevokeAsync(access, 0)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await nodes.GetAsync(0, $"/oauth/authorize?client_id={nodes.App.Id}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await nodes.GetAsync(0, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await nodes.GetAsync(0, "/health/live"));

        Assert.True((await nodes.IntrospectAsync(access, 1)).IsActive);
        Assert.True((await nodes.RevokeAsync(access, 1)).IsOk);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nodes.IntrospectAsync(access, 0)).Status);

        _wire.Mend();

        // From the first answer on.
        await TwoNodes.UntilAsync(async () =>
        {
            var answer = await nodes.IntrospectAsync(access, 0);
            Assert.False(answer.IsActive, "A token lives that was revoked on the other node.");
            return answer.IsOk;
        });
        await nodes.ReadyAsync(0);
        Assert.True((await nodes.IntrospectAsync(other.Access, 0)).IsActive);
        Assert.True((await nodes.RefreshAsync(other.Refresh, 0)).IsOk);
    }

    private void Part(bool silent)
    {
        if (silent)
        {
            _wire.Silence();
        }
        else
        {
            _wire.Cut();
        }
    }
}
