using System.Diagnostics;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>A server is killed while it makes the tables, and the next one goes on from what is there.</summary>
public sealed class FirstStartTests : IDisposable
{
    private static readonly int Moments = LongRun.IsWanted ? int.MaxValue : 2;

    private readonly Wire _wire = new(PostgresCluster.Instance);
    private string _tables = "";

    public void Dispose() => _wire.Dispose();

    [Fact, Spec("F-16")]
    public async Task A_start_that_is_killed_at_any_point_is_made_good_by_the_next()
    {
        var all = await CountPiecesAsync();
        var step = Math.Max(1, all / Moments);

        // How a start is cut into pieces differs from one to the next: the last moments may come after it is ready.
        for (var moment = 1; await TryKillAtAsync(moment, moment / step % 2 == 0 ? Fate.Pass : Fate.Lose); moment += step)
        {
        }

        // Within the transaction that makes the tables, and at its end.
        Assert.True(await TryKillAtAsync("CREATE TABLE grants ", Fate.Pass));
        Assert.True(await TryKillAtAsync("COMMIT", Fate.Pass));
    }

    /// <summary>How many pieces an undisturbed first start sends to the database.</summary>
    private async Task<int> CountPiecesAsync()
    {
        var database = PostgresCluster.Instance.CreateDatabase();
        int all;
        await using (await RunningServer.StartAsync(Variables(_wire.ConnectionString(database)), Serve))
        {
            all = _wire.Pieces;
            _tables = Tables(database);
        }

        PostgresCluster.Instance.DropDatabase(database);
        return all;
    }

    private Task<bool> TryKillAtAsync(int moment, Fate fate)
    {
        var before = _wire.Pieces;
        return TryKillAtAsync((number, _) => number - before == moment, fate);
    }

    private Task<bool> TryKillAtAsync(string statement, Fate fate) =>
        TryKillAtAsync((_, text) => text.Contains(statement, StringComparison.Ordinal), fate);

    /// <summary>False when it was ready before.</summary>
    private async Task<bool> TryKillAtAsync(Func<int, string, bool> isTheMoment, Fate fate)
    {
        var database = PostgresCluster.Instance.CreateDatabase();
        var started = new TaskCompletionSource<Process>();
        _wire.Decide = (number, text) =>
        {
            if (!isTheMoment(number, text))
            {
                return Fate.Pass;
            }

            started.Task.Result.Kill();
            return fate;
        };
        using var victim = Command.Start(Variables(_wire.ConnectionString(database)), Serve);
        started.SetResult(victim);
        var ready = await victim.StandardOutput.ReadLineAsync() is not null;
        _wire.Decide = null;
        if (ready)
        {
            victim.Kill();
        }

        await using (await RunningServer.StartAsync(Variables(_wire.ConnectionString(database)), Serve))
        {
            Assert.Equal("1\n", PostgresCluster.Instance.Sql(database, "SELECT count(*) FROM token_keys"));
            Assert.Equal(_tables, Tables(database));
        }

        PostgresCluster.Instance.DropDatabase(database);
        return !ready;
    }

    private static string Tables(string database) => PostgresCluster.Instance.Sql(
        database, "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2");

    private static string[] Serve => ["serve", "--json", "--urls", "http://127.0.0.1:0"];

    private static Dictionary<string, string> Variables(string connection) => TwoNodes.Variables(connection, PostgresCluster.Instance.KeyFile);
}
