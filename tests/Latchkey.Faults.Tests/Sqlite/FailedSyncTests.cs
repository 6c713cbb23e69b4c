using System.Net;
using Latchkey.Faults.Tests.Traces;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>A disk that says it did not keep what was written.</summary>
public sealed class FailedSyncTests
{
    [Fact]
    [Spec("F-07")]
    public async Task After_a_failed_sync_nothing_is_acknowledged_until_the_server_is_started_again()
    {
        using var directory = new TempDirectory();
        using var http = new HttpClient();
        var server = await RunningServer.ServeAsync(directory.Data);
        try
        {
            using var app = await App.RegisterAsync(directory.Data, "doubtful");
            app.Issuer = server.Issuer;
            var ledger = new Ledger(app);
            var alive = await ledger.LogInAsync();
            var (redeemed, refreshed, revoked) = (await ledger.AuthorizeAsync(), await ledger.LogInAsync(), await ledger.LogInAsync());
            async Task NothingIsTaken()
            {
                Assert.False(await ledger.RedeemAsync(redeemed!));
                Assert.False(await ledger.RefreshAsync(refreshed));
                Assert.False(await ledger.RevokeAsync(revoked));
                Assert.Null(await ledger.AuthorizeAsync());
            }

            await using (await Strace.FailAsync(server, "fsync,fdatasync", "EIO"))
            {
                await NothingIsTaken();
            }

            // The disk says yes again, and is not believed.
            await NothingIsTaken();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync(new Uri(server.Issuer + "/health/ready"))).StatusCode);
            Assert.True(await app.IsActiveAsync(alive.State().Access!), "What was acknowledged cannot be asked about.");

            await server.KillAsync();
            await server.DisposeAsync();
            server = await RunningServer.ServeAsync(directory.Data);
            app.Issuer = server.Issuer;
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(server.Issuer + "/health/ready"))).StatusCode);
            await ledger.LogInAsync();
            await ledger.CheckAsync(directory.Data);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Logins and consents are written by other connections than grants.</summary>
    [Fact]
    [Spec("F-07")]
    public async Task A_login_whose_sync_failed_ends_the_grants_too()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "first");
        using var other = await App.RegisterAsync(directory.Data, "second");
        app.Issuer = other.Issuer = server.Issuer;
        var ledger = new Ledger(app);
        var grant = await ledger.LogInAsync();
        await using (await Strace.FailAsync(server, "fsync,fdatasync", "EIO"))
        {
            Assert.Null(await other.TryAuthorizeAsync());
        }

        Assert.False(await ledger.RefreshAsync(grant));
        Assert.Null(await other.TryAuthorizeAsync());
    }
}
