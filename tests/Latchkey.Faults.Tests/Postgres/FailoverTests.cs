using System.Security.Cryptography;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>A primary with a synchronous standby: what is acknowledged outlives either.</summary>
public sealed class FailoverTests(ReplicatedNodes replicated) : IClassFixture<ReplicatedNodes>
{
    private static readonly int Rounds = LongRun.IsWanted ? 10 : 1;

    private readonly TwoNodes _nodes = replicated.Nodes;

    [Fact, Spec("F-10")]
    public Task A_standby_that_takes_over_has_everything_acknowledged() => UnderLoadAsync(
        replicated.FailOver,
        () => replicated.Standby.BecomeStandbyOfAsync(replicated.Primary));

    [Fact, Spec("F-15"), Spec("TK-32")]
    public async Task A_standby_that_takes_over_notices_a_theft_of_what_was_rotated_before_it()
    {
        var first = await _nodes.App.LogInAsync();
        var second = await _nodes.RefreshAsync(first.Refresh);
        Assert.True(second.IsOk, second.ToString());

        replicated.FailOver();

        // The retry window passes: as if the rotation had been ten seconds earlier.
        replicated.Sql("UPDATE grants SET rotated_at = rotated_at - interval '10 seconds'");
        var reused = await KnownAsync(() => _nodes.RefreshAsync(first.Refresh));
        Assert.True(reused.IsRefusal, reused.ToString());
        Assert.False((await KnownAsync(() => _nodes.IntrospectAsync(second.Access, 1))).IsActive);
        await replicated.Standby.BecomeStandbyOfAsync(replicated.Primary);
    }

    [Fact, Spec("F-01")]
    public Task A_primary_that_is_killed_recovers_everything_acknowledged() => UnderLoadAsync(
        () =>
        {
            replicated.Primary.Crash();
            replicated.Primary.Recover();
        },
        () => Task.CompletedTask);

    [Fact, Spec("F-10")]
    public async Task What_no_standby_confirmed_is_not_acknowledged_however_often_it_is_asked()
    {
        var revoked = await _nodes.App.LogInAsync();
        var rotated = await _nodes.App.LogInAsync();
        await _nodes.App.LogInAsync();
        var another = replicated.Sql("SELECT id FROM grants ORDER BY created_at DESC LIMIT 1");
        var ended = CountEnded();
        replicated.Standby.Crash();

        // The primary has committed all of it, and cannot know whether the standby that may follow it will ever have it.
        for (var i = 0; i < 2; i++)
        {
            var answers = await Task.WhenAll(_nodes.RevokeAsync(revoked.Access), _nodes.RefreshAsync(rotated.Refresh));
            Assert.All(answers, a => Assert.True(a.IsUnknown, $"{a}, asked {i + 1} times"));
        }

        Assert.Equal(ended + 1, CountEnded());
        await RefusedTwiceAsync("grant", "revoke", another);
        await RefusedTwiceAsync("client", "disable", _nodes.App.Id);

        replicated.Standby.Recover();
        await replicated.Primary.WaitForStandbyAsync();
        (await Command.RunAsync(_nodes.Environment, "client", "enable", _nodes.App.Id)).Succeeded();
        Assert.True((await _nodes.RevokeAsync(revoked.Access)).IsOk);
        Assert.False((await _nodes.IntrospectAsync(revoked.Access, 1)).IsActive);
    }

    [Fact, Spec("F-10")]
    public async Task A_node_that_is_given_the_standby_alone_does_not_start()
    {
        var refused = await Command.RunAsync(
            new Dictionary<string, string>(_nodes.Environment) { ["LATCHKEY_DATABASE"] = replicated.StandbyAlone }, "serve", "--urls", "http://127.0.0.1:0");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("read-only; it may be a standby. Name the primary", refused.Error, StringComparison.Ordinal);
    }

    private async Task UnderLoadAsync(Action fault, Func<Task> afterwards)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var before = CountLiving();
            var traffic = await Traffic.StartAsync(_nodes, 100);
            await traffic.AcknowledgesAsync(RandomNumberGenerator.GetInt32(50, 200));

            fault();

            await traffic.AcknowledgesAsync(40, node: 0);
            await traffic.AcknowledgesAsync(40, node: 1);
            await traffic.StopAsync();
            Assert.True(traffic.UnknownAnswers > 0, "The crash met no request.");
            await Ledger.CheckAsync(_nodes, traffic, () => CountLiving() - before);
            await afterwards();
        }
    }

    private async Task<Answer> KnownAsync(Func<Task<Answer>> ask)
    {
        var answer = await ask();
        while (answer.IsUnknown)
        {
            await _nodes.AnyReadyAsync();
            answer = await ask();
        }

        return answer;
    }

    /// <summary>An operator is not told that it is done, neither at once nor when asking again, though by then it is found to be done.</summary>
    private async Task RefusedTwiceAsync(params string[] command)
    {
        for (var i = 0; i < 2; i++)
        {
            var refused = await Command.RunAsync(_nodes.Environment, command);
            Assert.True(refused.ExitCode != 0, $"{command[0]} {command[1]}, asked {i + 1} times: {refused.Output}");
        }
    }

    private int CountEnded() => int.Parse(replicated.Sql("SELECT count(*) FROM grants WHERE state = 2"));

    private int CountLiving() => int.Parse(replicated.Sql("SELECT count(*) FROM grants WHERE state = 1"));
}
