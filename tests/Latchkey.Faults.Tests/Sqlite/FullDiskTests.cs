using Latchkey.Faults.Tests.Traces;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>No space left: what cannot be written is not answered, and the server goes on when there is space again.</summary>
public sealed class FullDiskTests
{
    [Fact]
    [Spec("F-06")]
    public async Task A_full_disk_issues_nothing_and_needs_no_restart()
    {
        await using var disk = await SmallDisk.MakeAsync();
        var data = Path.Combine(disk.Directory, "data");
        await using var server = await RunningServer.ServeAsync(data);
        using var app = await App.RegisterAsync(data, "crammed");
        using var late = await App.RegisterAsync(data, "late");
        app.Issuer = late.Issuer = server.Issuer;
        var ledger = new Ledger(app);
        for (var round = 0; round < 3; round++)
        {
            var (code, grant, leaving) = (await ledger.AuthorizeAsync(), await ledger.LogInAsync(), await ledger.LogInAsync());
            using (disk.Fill())
            {
                // The log may have room for some more of the smallest.
                while (await ledger.RefreshAsync(grant))
                {
                }

                Assert.False(await ledger.RedeemAsync(code!));
                Assert.Null(await ledger.AuthorizeAsync());
                Assert.False(await ledger.RefreshAsync(grant));
                Assert.False(await ledger.RevokeAsync(leaving));
                Assert.Null(await late.TryAuthorizeAsync());
                Assert.True(await app.IsActiveAsync(leaving.State().Access!), "A revocation that was refused happened.");
            }

            Assert.True(await ledger.RedeemAsync(code!));
            Assert.True(await ledger.RefreshAsync(grant));
            Assert.True(await ledger.RevokeAsync(leaving));
            Assert.NotNull(await late.TryAuthorizeAsync());
        }

        await ledger.CheckAsync(data);
    }

    /// <summary>The first write of a commit fails, then the second, and so on until none is left to fail.</summary>
    [Fact]
    [Spec("F-06")]
    public async Task Whichever_write_finds_the_disk_full_nothing_is_half_done()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "counted");
        app.Issuer = server.Issuer;
        var ledger = new Ledger(app);
        foreach (var act in (Func<LedgerGrant, Task<bool>>[])[ledger.RedeemAsync, ledger.RefreshAsync, ledger.RevokeAsync])
        {
            var failures = 0;
            for (var done = false; !done; failures++)
            {
                var grant = act == ledger.RedeemAsync ? (await ledger.AuthorizeAsync())! : await ledger.LogInAsync();
                await using (await Strace.FailAsync(server, "pwrite64", "ENOSPC", from: failures + 1))
                {
                    done = await act(grant);
                }

                Assert.True(done || await act(grant), "What a full disk refused cannot be done later.");
            }

            Assert.InRange(failures, 3, 100);
        }

        await ledger.CheckAsync(directory.Data);
    }
}
