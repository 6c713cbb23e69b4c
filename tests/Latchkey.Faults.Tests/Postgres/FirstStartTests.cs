using System.Diagnostics;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>A server is killed while it makes the tables, and the next one goes on from what is there.</summary>
public sealed class FirstStartTests : IDisposable
{
    private static readonly int Moments = Environment.GetEnvironmentVariable("LATCHKEY_LONG") is null ? 3 : int.MaxValue;

    private readonly Wire _wire = new(PostgresCluster.Instance);

    public void Dispose() => _wire.Dispose();

    [Fact, Spec("F-16")]
    public async Task A_start_that_is_killed_at_any_point_is_made_good_by_the_next()
    {
        var all = await CountPiecesAsync();
        var step = Math.Max(1, all / Moments);
        for (var moment = 1; moment <= all; moment += step)
        {
            await KillAtAsync(moment, arrives: moment / step % 2 == 0);
            if (Moments == int.MaxValue)
            {
                await KillAtAsync(moment, arrives: moment / step % 2 != 0);
            }
        }
    }

    /// <summary>How many pieces a first start sends to the database.</summary>
    private async Task<int> CountPiecesAsync()
    {
        var database = PostgresCluster.Instance.CreateDatabase();
        int all;
        await using (await RunningServer.StartAsync(Variables(_wire.ConnectionString(database)), Serve))
        {
            all = _wire.Pieces;
        }

        PostgresCluster.Instance.DropDatabase(database);
        return all;
    }

    private async Task KillAtAsync(int moment, bool arrives)
    {
        var database = PostgresCluster.Instance.CreateDatabase();
        var before = _wire.Pieces;
        using var ready = new ManualResetEventSlim();
        Process? victim = null;
        _wire.Decide = (number, _) =>
        {
            if (number - before < moment)
            {
                return Fate.Pass;
            }

            ready.Wait();
            victim!.Kill();
            return arrives ? Fate.Pass : Fate.Lose;
        };
        victim = Command.Start(Variables(_wire.ConnectionString(database)), Serve);
        ready.Set();
        Assert.Null(await victim.StandardOutput.ReadLineAsync());
        _wire.Decide = null;
        victim.Dispose();

        await using (var server = await RunningServer.StartAsync(Variables(PostgresCluster.Instance.ConnectionString(database)), Serve))
        {
            using var app = await App.RegisterAsync(Variables(PostgresCluster.Instance.ConnectionString(database)), "first");
            app.Issuer = server.Issuer;
            Assert.True(await app.IsActiveAsync((await app.LogInAsync()).Access), $"Killed at piece {moment}, which {(arrives ? "arrived" : "got lost")}.");
        }

        PostgresCluster.Instance.DropDatabase(database);
    }

    private static string[] Serve => ["serve", "--json", "--urls", "http://127.0.0.1:0"];

    private static Dictionary<string, string> Variables(string connection) => TwoNodes.Variables(connection, PostgresCluster.Instance.KeyFile);
}
