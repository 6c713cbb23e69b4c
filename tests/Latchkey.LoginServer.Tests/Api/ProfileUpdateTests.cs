using System.Net;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Storage.Accounts;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class ProfileUpdateTests : IAsyncLifetime
{
    private const string Profile = "/v4/profile";
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_a_user_chooses_is_kept_and_told_to_every_app()
    {
        var token = await _server.TokenAsync();
        var changed = await _server.CallAsync(token, "PUT", Profile, new
        {
            email = "ada@new.example",
            timezone = "America/Argentina/Buenos_Aires",
            email_notifications = false,
            lish_auth_method = "keys_only",
            authorized_keys = new[] { SshKeyTests.Ed25519 + " home" },
        });
        var json = changed.Expect(HttpStatusCode.OK);
        Assert.Equal("account:read_write", changed.Headers.GetValues("X-Accepted-OAuth-Scopes").Single());
        Assert.Equal(("ada@new.example", "America/Argentina/Buenos_Aires", "keys_only"), (json.Text("email"), json.Text("timezone"), json.Text("lish_auth_method")));
        Assert.False(json.GetProperty("email_notifications").GetBoolean());
        Assert.Equal(SshKeyTests.Ed25519 + " home", json.GetProperty("authorized_keys")[0].GetString());

        var seen = await _server.CallAsync(await _server.TokenAsync("linodes:read_only"), "GET", "/v4beta/profile");
        Assert.Equal(changed.Body, seen.Body);
        await _server.CallAsync(token, "PUT", Profile, new { authorized_keys = Array.Empty<string>() });
        Assert.Contains("\"authorized_keys\":null", (await _server.CallAsync(token, "GET", Profile)).Body);
    }

    [Fact]
    public async Task A_changed_address_is_unproven_and_its_user_is_told_so()
    {
        var token = await _server.TokenAsync();
        Assert.Equal(0, (await _server.CallAsync(token, "GET", "/v4/account/notifications")).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());

        (await _server.CallAsync(token, "PUT", Profile, new { email = "ada@new.example" })).Expect(HttpStatusCode.OK);

        Assert.False((await _server.Get<AccountStore>().FindAsync(_server.UserId))!.EmailConfirmed);
        var notice = (await _server.CallAsync(token, "GET", "/v4/account/notifications")).Expect(HttpStatusCode.OK).GetProperty("data")[0];
        Assert.Contains("ada@new.example", notice.Text("message"), StringComparison.Ordinal);
        var happened = (await _server.CallAsync(token, "GET", "/v4/account/events")).Expect(HttpStatusCode.OK).GetProperty("data")[0];
        Assert.Equal("profile_update", happened.Text("action"));
    }

    [Fact]
    public async Task Anothers_address_cannot_be_taken_and_nothing_else_is_changed_then()
    {
        await _server.OtherTokenAsync();
        var token = await _server.TokenAsync();
        var before = (await _server.CallAsync(token, "GET", Profile)).Body;

        var refused = await _server.CallAsync(token, "PUT", Profile, new { email = "BOB@example.com", timezone = "Asia/Tokyo", email_notifications = false });

        Assert.Equal("email", refused.Fields());
        Assert.DoesNotContain("BOB", refused.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, (await _server.CallAsync(token, "GET", Profile)).Body);
    }

    [Theory]
    [InlineData("""{"email":"ada"}""", "email")]
    [InlineData("""{"email":"ada@example.com\r\nBcc: eve@example.com"}""", "email")]
    [InlineData("""{"email":""}""", "email")]
    [InlineData("""{"email":7}""", "email")]
    [InlineData("""{"timezone":"../../etc/passwd"}""", "timezone")]
    [InlineData("""{"timezone":""}""", "timezone")]
    [InlineData("""{"timezone":"a/b/c/d"}""", "timezone")]
    [InlineData("""{"email_notifications":"false"}""", "email_notifications")]
    [InlineData("""{"lish_auth_method":"password"}""", "lish_auth_method")]
    [InlineData("""{"authorized_keys":"ssh-ed25519 AAAA"}""", "authorized_keys")]
    [InlineData("""{"authorized_keys":["ssh-ed25519 AAAA"]}""", "authorized_keys")]
    [InlineData("""{"authorized_keys":[7]}""", "authorized_keys")]
    [InlineData("""{"ip_whitelist_enabled":true}""", "ip_whitelist_enabled")]
    [InlineData("""{"email":"x","timezone":"1","lish_auth_method":"y"}""", "email,timezone,lish_auth_method")]
    public async Task What_is_wrong_is_told_by_field_and_changes_nothing(string body, string fields)
    {
        var token = await _server.TokenAsync();
        var before = (await _server.CallAsync(token, "GET", Profile)).Body;
        Assert.Equal(fields, (await _server.CallAsync(token, "PUT", Profile, body)).Fields());
        Assert.Equal(before, (await _server.CallAsync(token, "GET", Profile)).Body);
    }

    [Fact]
    public async Task There_is_an_end_to_how_many_keys_are_kept()
    {
        var keys = Enumerable.Repeat(SshKeyTests.Ed25519, 101).ToArray();
        Assert.Equal("authorized_keys", (await _server.CallAsync(await _server.TokenAsync(), "PUT", Profile, new { authorized_keys = keys })).Fields());
        (await _server.CallAsync(await _server.TokenAsync(), "PUT", Profile, new { authorized_keys = keys[1..] })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_can_only_be_read_is_passed_over()
    {
        var token = await _server.TokenAsync();
        var before = (await _server.CallAsync(token, "GET", Profile)).Body;
        var again = await _server.CallAsync(token, "PUT", Profile, before);
        again.Expect(HttpStatusCode.OK);
        var other = await _server.CallAsync(
            token, "PUT", Profile, """{"uid":9,"username":"root","restricted":true,"two_factor_auth":true,"user_type":"parent","admin":true,"referrals":7,"nonsense":[1]}""");
        other.Expect(HttpStatusCode.OK);
        Assert.Equal((before, before), (again.Body, other.Body));
    }

    [Fact]
    public async Task Nobody_is_restricted_which_is_said_by_saying_nothing()
    {
        var answer = await _server.CallAsync(await _server.TokenAsync("linodes:read_only"), "GET", "/v4/profile/grants");
        Assert.Equal((HttpStatusCode.NoContent, "", null), (answer.Status, answer.Body, answer.ContentType));
        Assert.Equal("*", answer.Headers.GetValues("X-Accepted-OAuth-Scopes").Single());
        Assert.Equal("linodes:read_only", answer.Headers.GetValues("X-OAuth-Scopes").Single());
    }

    [Fact]
    public async Task No_security_questions_are_asked() => Assert.Equal(
        """{"security_questions":[]}""", (await _server.CallAsync(await _server.TokenAsync(), "GET", "/v4/profile/security-questions")).Body);
}
