using System.Net;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>One node loses the database and the other does not.</summary>
[Collection(nameof(SharedNodes))]
public sealed class PartitionTests(SharedNodes shared) : IDisposable
{
    private readonly TwoNodes _nodes = shared.Nodes;

    public void Dispose() => shared.Wire.Mend();

    [Fact, Spec("F-12")]
    public Task A_node_that_is_cut_off_calls_no_token_alive_and_comes_back_by_itself() => PartAsync(shared.Wire.Cut);

    [Fact, Spec("F-12")]
    public Task A_node_whose_database_falls_silent_calls_no_token_alive_and_comes_back_by_itself() => PartAsync(shared.Wire.Silence);

    private async Task PartAsync(Action part)
    {
        var first = await _nodes.App.LogInAsync();
        var second = await _nodes.App.LogInAsync();
        Assert.True((await _nodes.IntrospectAsync(first.Access, 0)).IsActive);

        part();

        var alone = await Task.WhenAll(
            StatusAsync(_nodes.IntrospectAsync(first.Access, 0)),
            StatusAsync(_nodes.RefreshAsync(first.Refresh, 0)),
            StatusAsync(_nodes.RevokeAsync(first.Access, 0)),
            _nodes.GetAsync(0, $"/oauth/authorize?client_id={_nodes.App.Id}"),
            _nodes.GetAsync(0, "/health/ready"));
        Assert.All(alone, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        Assert.Equal(HttpStatusCode.OK, await _nodes.GetAsync(0, "/health/live"));
        Assert.True((await _nodes.IntrospectAsync(first.Access, 1)).IsActive);
        Assert.True((await _nodes.RevokeAsync(first.Access, 1)).IsOk);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _nodes.IntrospectAsync(first.Access, 0)).Status);

        shared.Wire.Mend();

        // From its first answer on.
        await TwoNodes.UntilAsync(async () =>
        {
            var answer = await _nodes.IntrospectAsync(first.Access, 0);
            Assert.False(answer.IsActive, "A token lives that was revoked on the other node.");
            return answer.IsOk;
        });
        await _nodes.ReadyAsync(0);
        Assert.True((await _nodes.IntrospectAsync(second.Access, 0)).IsActive);
        Assert.True((await _nodes.RefreshAsync(second.Refresh, 0)).IsOk);
    }

    private static async Task<HttpStatusCode?> StatusAsync(Task<Answer> answer) => (await answer).Status;
}
