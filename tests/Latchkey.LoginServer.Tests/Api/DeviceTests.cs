using System.Net;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Sessions;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class DeviceTests : IAsyncLifetime
{
    private const string Devices = "/v4/profile/devices";
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_browser_that_is_logged_in_is_a_device_and_deleting_it_logs_it_out()
    {
        var (key, other) = (await LogInAsync("Firefox"), await LogInAsync("Chrome"));
        var token = await _server.TokenAsync();
        var list = (await _server.CallAsync(token, "GET", Devices, filter: """{"user_agent":"Firefox"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(1, list.GetProperty("results").GetInt32());
        var device = list.GetProperty("data")[0];
        Assert.Equal(
            ("2026-01-02T03:04:05", "2026-01-02T04:04:05", "203.0.113.9", "Firefox"),
            (device.Text("created"), device.Text("expiry"), device.Text("last_remote_addr"), device.Text("user_agent")));
        var path = $"{Devices}/{device.GetProperty("id")}";
        Assert.Equal(device.ToString(), (await _server.CallAsync(token, "GET", path)).Body);

        Assert.Equal("{}", (await _server.CallAsync(token, "DELETE", path)).Body);

        Assert.Null(await _server.Get<SessionStore>().FindAsync(key));
        Assert.NotNull(await _server.Get<SessionStore>().FindAsync(other));
        Assert.Contains(await _server.Get<AuditLog>().ListAsync(), e => e.Kind == AuditKinds.LoggedOut && e.ActorId == _server.UserId);
        (await _server.CallAsync(token, "DELETE", path)).Expect(HttpStatusCode.NotFound);
    }

    [Fact, Spec("RA-07"), Spec("LO-15")]
    public async Task Anothers_device_is_as_good_as_absent()
    {
        var key = await LogInAsync("Firefox");
        var id = (await _server.CallAsync(await _server.TokenAsync(), "GET", Devices)).Expect(HttpStatusCode.OK).GetProperty("data")[0].GetProperty("id");
        var other = await _server.OtherTokenAsync();
        foreach (var method in (string[])["GET", "DELETE"])
        {
            var theirs = await _server.CallAsync(other, method, $"{Devices}/{id}");
            var absent = await _server.CallAsync(other, method, $"{Devices}/4711");
            theirs.Expect(HttpStatusCode.NotFound);
            Assert.Equal((absent.Status, absent.Body), (theirs.Status, theirs.Body));
        }

        Assert.NotNull(await _server.Get<SessionStore>().FindAsync(key));
        Assert.Equal(0, (await _server.CallAsync(other, "GET", Devices)).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());
    }

    [Fact]
    public async Task A_session_that_is_over_is_no_device()
    {
        await LogInAsync("Firefox");
        _server.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, (await _server.CallAsync(await _server.TokenAsync(), "GET", Devices)).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());
    }

    private async Task<SessionKey> LogInAsync(string browser)
    {
        var now = _server.Clock.GetUtcNow();
        var session = new NewSession(Guid.CreateVersion7(now), _server.UserId, now.AddHours(1), "203.0.113.9", browser);
        return (await _server.Get<SessionStore>().CreateAsync(session))!;
    }
}
