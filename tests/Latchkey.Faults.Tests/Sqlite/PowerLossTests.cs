using Latchkey.Faults.Tests.Traces;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>
/// The machine stops at the moment an answer leaves, and all that was not synced is lost, or all but what the disk took by
/// chance. A killed process shows nothing of this: what it wrote stays in the machine's memory.
/// </summary>
public sealed class PowerLossTests
{
    private static readonly int Losses = LongRun.IsWanted ? 40 : 5;

    // The log is folded into the database after 4,000 pages; the long form gets there.
    private static readonly int Least = LongRun.IsWanted ? 3000 : 60;

    [Fact]
    [Spec("F-03")]
    public async Task Every_answer_stands_on_what_was_synced_before_it()
    {
        using var directory = new TempDirectory();
        var before = directory.In("before");
        var trace = directory.In("trace");
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "unplugged");
        app.Issuer = server.Issuer;
        var ledger = new Ledger(app);
        await ledger.LogInAsync();
        await using (await Strace.WatchAsync(server, trace, bytes: 70_000))
        {
            DirectoryCopy.Make(directory.Data, before);
            while (ledger.Acknowledged < Least)
            {
                var grant = await ledger.LogInAsync();
                Assert.True(await ledger.RefreshAsync(grant));
                Assert.True(ledger.Acknowledged % 2 == 0 || await ledger.RevokeAsync(grant));
            }

            await server.KillAsync();
        }

        // One login came before the trace.
        var answers = ledger.Acknowledged - 1;
        for (var loss = 0; loss < Losses; loss++)
        {
            var after = loss == 0 ? answers : 1 + (answers * loss / Losses);
            await CheckAsync(ledger, 1 + after, target =>
                new PowerLoss(before, directory.Data).Leave(File.ReadLines(trace), after, loss == 0 ? null : new Random(loss), target));
        }
    }

    private static async Task CheckAsync(Ledger ledger, int acknowledged, Action<string> leave)
    {
        using var directory = new TempDirectory();
        leave(directory.Data);
        await using var server = await RunningServer.ServeAsync(directory.Data);
        ledger.App.Issuer = server.Issuer;
        await ledger.CheckAsync(directory.Data, acknowledged);
    }
}
