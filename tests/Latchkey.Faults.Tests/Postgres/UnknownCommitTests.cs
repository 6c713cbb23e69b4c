namespace Latchkey.Faults.Tests.Postgres;

/// <summary>
/// The connection to the database breaks in the middle of a commit, so that the node cannot know whether it happened. It says
/// 503, repeats nothing by itself, and answers the next request by what it reads.
/// </summary>
[Collection(nameof(SharedNodes))]
public sealed class UnknownCommitTests(SharedNodes shared) : IDisposable
{
    private const string Latest = "FROM grants ORDER BY created_at DESC LIMIT 1";

    private readonly TwoNodes _nodes = shared.Nodes;

    public void Dispose() => shared.Wire.Decide = null;

    [Theory, Spec("F-10")]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    public async Task A_refresh_asked_again_rotates_once(bool happened, int askedAgain)
    {
        var first = await _nodes.App.LogInAsync();
        var sent = BreakAt("SET generation = generation + 1", happened);

        Assert.True((await _nodes.RefreshAsync(first.Refresh, 0)).IsUnknown);
        Assert.Equal(1, sent());
        Assert.Equal(happened ? "2" : "1", shared.Sql($"SELECT generation {Latest}"));
        var second = await _nodes.RefreshAsync(first.Refresh, askedAgain);

        Assert.True(second.IsOk, second.ToString());
        Assert.Equal("2", shared.Sql($"SELECT generation {Latest}"));
        Assert.True((await _nodes.IntrospectAsync(second.Access, 1 - askedAgain)).IsActive);
        Assert.True((await _nodes.RefreshAsync(second.Refresh, 0)).IsOk);
    }

    [Theory, Spec("F-10")]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    public async Task A_code_sent_again_yields_tokens_only_if_it_had_not(bool happened, int askedAgain)
    {
        var authorization = await _nodes.App.AuthorizeAsync();
        var sent = BreakAt("SET state = 1", happened);

        Assert.True((await _nodes.RedeemAsync(authorization, 0)).IsUnknown);
        Assert.Equal(1, sent());
        var again = await _nodes.RedeemAsync(authorization, askedAgain);

        // Nobody can tell a second use by the same app from a theft; the person logs in again.
        Assert.Equal(!happened, again.IsOk);
        Assert.Equal(happened, again.IsRefusal);
        Assert.Equal(happened ? "2" : "1", shared.Sql($"SELECT state {Latest}"));
    }

    [Theory, Spec("F-10")]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    public async Task A_revocation_asked_again_holds(bool happened, int askedAgain)
    {
        var (access, _) = await _nodes.App.LogInAsync();
        var sent = BreakAt("SET state = 2", happened);

        Assert.True((await _nodes.RevokeAsync(access, 0)).IsUnknown);
        Assert.Equal(1, sent());
        Assert.True((await _nodes.RevokeAsync(access, askedAgain)).IsOk);

        Assert.False((await _nodes.IntrospectAsync(access, 0)).IsActive);
        Assert.False((await _nodes.IntrospectAsync(access, 1)).IsActive);
        Assert.Equal("1", shared.Sql($"SELECT count(*) FROM audit_events WHERE kind = 'grant.revoked' AND grant_id = (SELECT id {Latest})"));
    }

    /// <summary>Breaks the connection at the next statement like this; says how many such statements the node has sent.</summary>
    private Func<int> BreakAt(string statement, bool happens)
    {
        var sent = 0;
        shared.Wire.Decide = (_, text) => !text.Contains(statement, StringComparison.Ordinal) || Interlocked.Increment(ref sent) > 1
            ? Fate.Pass
            : happens ? Fate.LoseAnswer : Fate.Lose;
        return () => Volatile.Read(ref sent);
    }
}
