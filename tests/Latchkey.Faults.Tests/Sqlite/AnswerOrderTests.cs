using System.Text;
using Latchkey.Faults.Tests.Traces;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>The order of the disk and the network, as the kernel saw it.</summary>
public sealed class AnswerOrderTests
{
    private const int Rounds = 4;

    [Fact]
    [Spec("F-04")]
    public async Task The_log_is_synced_before_the_first_byte_of_every_redemption_refresh_and_revocation()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "watched");
        app.Issuer = server.Issuer;
        var ledger = new Ledger(app);
        var grants = new List<LedgerGrant>();
        while (grants.Count < Rounds)
        {
            grants.Add((await ledger.AuthorizeAsync())!);
        }

        var trace = directory.In("trace");
        await using (await Strace.WatchAsync(server, trace, bytes: 12))
        {
            foreach (var grant in grants)
            {
                Assert.True(await ledger.RedeemAsync(grant) && await ledger.RefreshAsync(grant) && await ledger.RevokeAsync(grant));
            }
        }

        var answers = AnswerOrder.Check(File.ReadLines(trace));
        Assert.Equal(3 * Rounds, answers.Count);
        Assert.All(answers, Assert.Null);
    }

    /// <summary>A check that could not fail would show nothing.</summary>
    [Theory]
    [InlineData("write sync answer", null)]
    [InlineData("write answer sync", "sent before the log was synced")]
    [InlineData("write sync write answer", "sent before the log was synced")]
    [InlineData("write sync-begins answer sync-ends", "sent before the log was synced")]
    [InlineData("write sync-begins write sync-ends answer", "sent before the log was synced")]
    [InlineData("write sync-fails answer", "sent before the log was synced")]
    [InlineData("sync answer", "nothing was written")]
    public void The_check_tells_the_wrong_order(string events, string? problem)
    {
        var log = $"<{Hex("/data/latchkey.db-wal")}>";
        var lines = events.Split(' ').Select(e => e switch
        {
            "write" => $"10 pwrite64(7{log}, \"{Hex("frame")}\"..., 4096, 32) = 4096",
            "sync" => $"10 fdatasync(7{log}) = 0",
            "sync-fails" => $"10 fdatasync(7{log}) = -1 EIO (Input/output error)",
            "sync-begins" => $"10 fdatasync(7{log} <unfinished ...>",
            "sync-ends" => "10 <... fdatasync resumed>) = 0",
            _ => $"11 sendto(9<{Hex("socket:[1]")}>, \"{Hex("HTTP/1.1 200")}\"..., 300, MSG_NOSIGNAL, NULL, 0) = 300",
        });

        Assert.Equal(problem, Assert.Single(AnswerOrder.Check(lines)));
    }

    private static string Hex(string text) => string.Concat(Encoding.ASCII.GetBytes(text).Select(b => $"\\x{b:x2}"));
}
