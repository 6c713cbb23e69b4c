using System.Net;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class LoginListTests : IAsyncLifetime
{
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v4/profile/logins")]
    [InlineData("/v4beta/account/logins")]
    public async Task Logins_and_attempts_of_90_days_are_listed(string logins)
    {
        await WriteAsync(AuditKinds.LoggedIn, actor: _server.UserId);
        _server.Clock.Advance(TimeSpan.FromDays(91));
        await WriteAsync(AuditKinds.LoginFailed, user: _server.UserId);
        await WriteAsync(AuditKinds.LoggedIn, actor: _server.UserId);
        await WriteAsync(AuditKinds.LoggedOut, actor: _server.UserId);
        await WriteAsync(AuditKinds.LoginFailed);
        var token = await _server.TokenAsync();

        var list = (await _server.CallAsync(token, "GET", logins)).Expect(HttpStatusCode.OK).GetProperty("data").EnumerateArray().ToList();

        Assert.Equal(["successful", "failed"], list.Select(l => l.Text("status")));
        Assert.All(list, l => Assert.Equal(("ada", "203.0.113.9", "2026-04-03T03:04:05"), (l.Text("username"), l.Text("ip"), l.Text("datetime"))));
        Assert.Equal(list[1].ToString(), (await _server.CallAsync(token, "GET", $"{logins}/{list[1].GetProperty("id")}")).Body);
        var filtered = (await _server.CallAsync(token, "GET", logins, filter: """{"status":"failed"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(1, filtered.GetProperty("results").GetInt32());
    }

    [Theory, Spec("RA-07")]
    [InlineData("/v4/profile/logins")]
    [InlineData("/v4/account/logins")]
    public async Task Anothers_login_is_as_good_as_absent(string logins)
    {
        await WriteAsync(AuditKinds.LoggedIn, actor: _server.UserId);
        var id = (await _server.CallAsync(await _server.TokenAsync(), "GET", logins)).Expect(HttpStatusCode.OK).GetProperty("data")[0].GetProperty("id");
        var other = await _server.OtherTokenAsync();

        Assert.Equal(0, (await _server.CallAsync(other, "GET", logins)).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());
        foreach (var one in (string[])[$"{id}", "4711", "0", "01", "-1", "x", "99999999999999999999"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _server.CallAsync(other, "GET", $"{logins}/{one}")).Status);
        }
    }

    private Task WriteAsync(string kind, Guid? actor = null, Guid? user = null) => _server.Get<AuditLog>().WriteAsync(
        new AuditEvent { Time = _server.Clock.GetUtcNow(), Kind = kind, ActorId = actor, UserId = user, Ip = "203.0.113.9" });
}
