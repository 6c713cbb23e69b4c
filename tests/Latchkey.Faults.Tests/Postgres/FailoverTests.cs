using System.Security.Cryptography;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>A primary and a synchronous standby, two nodes that are given both.</summary>
public sealed class FailoverTests : IDisposable
{
    private readonly PostgresCluster _primary = PostgresCluster.Start();
    private readonly PostgresCluster _standby;
    private readonly string _database;

    public FailoverTests()
    {
        _standby = _primary.StartSynchronousStandby();
        _database = _primary.CreateDatabase();
    }

    public void Dispose()
    {
        // Gone with the first crash, if it came to that.
        _primary.Dispose();
        _standby.Dispose();
    }

    public static TheoryData<int> Rounds => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("LATCHKEY_LONG") is null ? 1 : 8)];

    [Theory, Spec("F-10")]
    [MemberData(nameof(Rounds))]
    public async Task A_standby_that_takes_over_has_everything_acknowledged(int round)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"Round {round}");

        // As docs/guides/scale-out.md says.
        await using var nodes = await StartAsync("");
        var traffic = await Traffic.StartAsync(nodes, 120);
        await traffic.AcknowledgesAsync(RandomNumberGenerator.GetInt32(100, 300));

        _primary.Crash();
        _standby.Promote();

        await traffic.AcknowledgesAsync(50, node: 0);
        await traffic.AcknowledgesAsync(50, node: 1);
        await traffic.StopAsync();
        Assert.True(traffic.UnknownAnswers > 0, "The crash met no request.");
        await Ledger.CheckAsync(nodes, traffic, () => int.Parse(_standby.Sql(_database, "SELECT count(*) FROM grants WHERE state = 1")));
    }

    [Fact, Spec("F-10")]
    public async Task What_no_standby_confirmed_is_not_acknowledged_however_often_it_is_asked()
    {
        await using var nodes = await StartAsync(";Command Timeout=1");
        var revoked = await nodes.App.LogInAsync();
        var rotated = await nodes.App.LogInAsync();
        _standby.Crash();

        // The primary has committed each, and cannot know whether the standby that may follow it will ever have it.
        Assert.True((await nodes.RevokeAsync(revoked.Access)).IsUnknown);
        Assert.True((await nodes.RevokeAsync(revoked.Access)).IsUnknown, "It found its own revocation, and took it for safe.");
        Assert.True((await nodes.RefreshAsync(rotated.Refresh)).IsUnknown);
        Assert.True((await nodes.RefreshAsync(rotated.Refresh)).IsUnknown, "It found its own rotation, and took it for safe.");
        Assert.NotEqual(0, (await Command.RunAsync(nodes.Environment, "user", "disable", "survivor")).ExitCode);

        _primary.Crash();
        _standby.Recover();
        _standby.Promote();
        await nodes.ReadyAsync(0);
        await nodes.ReadyAsync(1);

        // So it is no contradiction that the standby has never heard of them.
        Assert.True((await nodes.IntrospectAsync(revoked.Access, 0)).IsActive);
        Assert.True((await nodes.RefreshAsync(rotated.Refresh)).IsOk);
        Assert.True((await nodes.RevokeAsync(revoked.Access)).IsOk);
        Assert.False((await nodes.IntrospectAsync(revoked.Access, 1)).IsActive);
    }

    private async Task<TwoNodes> StartAsync(string more)
    {
        var connection = $"Host={_primary.Host},{_standby.Host};Username=latchkey;Database={_database};Target Session Attributes=read-write";
        await TwoNodes.MakeTablesAsync(connection, _primary.KeyFile);
        return await TwoNodes.StartAsync(_primary.KeyFile, [connection + more, connection + more]);
    }
}
