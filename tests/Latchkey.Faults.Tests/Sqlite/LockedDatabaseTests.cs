using Microsoft.Data.Sqlite;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>Another program (a shell, a backup) holds the write lock longer than anybody should wait.</summary>
public sealed class LockedDatabaseTests
{
    // More than the threads of a pool that every waiting request would hold one of.
    private const int AtOnce = 100;

    [Fact]
    [Spec("F-08")]
    public async Task A_writer_that_holds_on_costs_answers_and_neither_redemptions_nor_threads()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "patient");
        using var late = await App.RegisterAsync(directory.Data, "late");
        app.Issuer = late.Issuer = server.Issuer;
        var ledger = new Ledger(app);
        var codes = new List<LedgerGrant>();
        while (codes.Count < AtOnce)
        {
            codes.Add((await ledger.AuthorizeAsync())!);
        }

        var alive = await ledger.LogInAsync();
        Task<bool>[] redemptions;
        using (var holder = new SqliteConnection($"Data Source={Path.Combine(directory.Data, "latchkey.db")};Pooling=False"))
        {
            holder.Open();
            using var hold = holder.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            hold.ExecuteNonQuery();
            redemptions = [.. codes.Select(ledger.RedeemAsync)];

            // Reads go on while all of them wait.
            Assert.True(await app.IsActiveAsync(alive.State().Access!));
            Assert.Null(await late.TryAuthorizeAsync());
            Assert.False(await await Task.WhenAny(redemptions));
            Assert.True(await app.IsActiveAsync(alive.State().Access!));
        }

        // Whoever was told to come back can, and every other has the one answer.
        foreach (var (grant, redeemed) in codes.Zip(await Task.WhenAll(redemptions)))
        {
            Assert.True(redeemed || await ledger.RedeemAsync(grant));
        }

        Assert.All(await Task.WhenAll(codes.Select(ledger.RefreshAsync)), Assert.True);
        Assert.NotNull(await late.TryAuthorizeAsync());
        await ledger.CheckAsync(directory.Data);
    }
}
