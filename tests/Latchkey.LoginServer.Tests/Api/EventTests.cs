using System.Net;
using System.Text.Json;
using Latchkey.LoginServer.Api.Events;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class EventTests : IAsyncLifetime
{
    private const string Events = "/v4/account/events";
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_a_user_does_is_told_in_Linodes_words()
    {
        var token = await _server.TokenAsync();
        var client = (await _server.CallAsync(token, "POST", "/v4/account/oauth-clients", new { label = "app", redirect_uri = "https://app.example/cb" })).Expect(HttpStatusCode.OK).Text("id")!;
        await _server.CallAsync(token, "PUT", $"/v4/account/oauth-clients/{client}", new { label = "renamed" });
        await _server.CallAsync(token, "POST", $"/v4/account/oauth-clients/{client}/reset-secret");
        var key = await IdAsync(token, "/v4/profile/sshkeys", new { label = "home", ssh_key = SshKeyTests.Ed25519 });
        await _server.CallAsync(token, "PUT", $"/v4/profile/sshkeys/{key}", new { label = "work" });
        await _server.CallAsync(token, "DELETE", $"/v4/profile/sshkeys/{key}");
        var personal = await IdAsync(token, "/v4/profile/tokens", new { label = "cli" });
        await _server.CallAsync(token, "PUT", $"/v4/profile/tokens/{personal}", new { label = "mine" });
        await _server.CallAsync(token, "PUT", "/v4/account", new { city = "London" });
        await _server.CallAsync(token, "PUT", "/v4/account/settings", new { network_helper = false });
        await _server.Get<AccountStore>().ResetPasswordAsync(_server.UserId, "violet-anchor-sings-43");

        var list = await ListAsync(token);

        Assert.Equal(
            [
                ("password_reset", null, "profile", "ada", ""), ("account_settings_update", "ada", "account", "ada", ""), ("account_update", "ada", "account", "ada", ""),
                ("token_update", "ada", "token", "mine", personal), ("token_create", "ada", "token", "mine", personal),
                ("user_ssh_key_delete", "ada", "user_ssh_key", key, key), ("user_ssh_key_update", "ada", "user_ssh_key", key, key), ("user_ssh_key_add", "ada", "user_ssh_key", key, key),
                ("oauth_client_secret_reset", "ada", "oauth_client", "renamed", client), ("oauth_client_update", "ada", "oauth_client", "renamed", client), ("oauth_client_create", "ada", "oauth_client", "renamed", client),
            ],
            list.Take(11).Select(e => (e.Text("action")!, e.Text("username"), Entity(e).Text("type")!, Entity(e).Text("label")!, Entity(e).GetProperty("id").ToString())));
        Assert.Equal(["token_create", "user_create"], list.Skip(11).Select(e => e.Text("action")));
        Assert.All(list, e => Assert.Equal("2026-01-02T03:04:05", e.Text("created")));
        var url = Entity(list[3]).Text("url")!;
        Assert.Equal("mine", (await _server.CallAsync(token, "GET", url)).Expect(HttpStatusCode.OK).Text("label"));
    }

    [Fact]
    public async Task What_is_gone_is_still_told_of()
    {
        var token = await _server.TokenAsync();
        var client = (await _server.CallAsync(token, "POST", "/v4/account/oauth-clients", new { label = "app", redirect_uri = "https://app.example/cb" })).Expect(HttpStatusCode.OK).Text("id")!;
        await _server.CallAsync(token, "DELETE", $"/v4/account/oauth-clients/{client}");

        var gone = (await ListAsync(token))[0];

        Assert.Equal(("oauth_client_delete", client), (gone.Text("action"), Entity(gone).Text("label")));
    }

    [Fact]
    public async Task Seen_marks_an_event_and_all_before_it_and_read_marks_one()
    {
        var token = await _server.TokenAsync();
        await _server.CallAsync(token, "PUT", "/v4/account", new { city = "London" });
        await _server.CallAsync(token, "PUT", "/v4/account", new { city = "Paris" });
        var ids = (await ListAsync(token)).Select(e => e.GetProperty("id").ToString()).ToList();

        Assert.Equal("{}", (await _server.CallAsync(token, "POST", $"{Events}/{ids[1]}/seen")).Body);
        Assert.Equal("{}", (await _server.CallAsync(token, "POST", $"{Events}/{ids[2]}/read")).Body);

        var list = await ListAsync(token);
        Assert.Equal([false, true, true, true], list.Select(e => e.GetProperty("seen").GetBoolean()));
        Assert.Equal([false, false, true, false], list.Select(e => e.GetProperty("read").GetBoolean()));
        Assert.Equal(list[2].ToString(), (await _server.CallAsync(token, "GET", $"{Events}/{ids[2]}")).Body);
    }

    [Fact, Spec("RA-13")]
    public async Task They_can_be_polled_as_Cloud_Manager_does()
    {
        var token = await _server.TokenAsync();
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await _server.CallAsync(token, "PUT", "/v4/account", new { city = "London" });
        async Task<int> CountAsync(string filter) =>
            (await _server.CallAsync(token, "GET", Events + "?page_size=25", filter: filter)).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32();

        Assert.Equal(1, await CountAsync("""{"created":{"+gt":"2026-01-02T03:04:05"},"+order_by":"created","+order":"desc"}"""));
        Assert.Equal(2, await CountAsync("""{"action":{"+neq":"account_update"}}"""));
        Assert.Equal(1, await CountAsync("""{"entity.type":"token"}"""));
        Assert.Equal(0, await CountAsync("""{"entity.id":123,"entity.type":"linode"}"""));
        Assert.Equal(3, await CountAsync("""{"seen":false,"id":{"+neq":4711}}"""));
        Assert.Equal("X-Filter", (await _server.CallAsync(token, "GET", Events, filter: """{"grant_id":1}""")).Fields());
    }

    [Fact, Spec("RA-07")]
    public async Task Anothers_event_is_as_good_as_absent_and_cannot_be_marked()
    {
        var mine = await _server.TokenAsync();
        var id = (await ListAsync(mine))[0].GetProperty("id");
        var other = await _server.OtherTokenAsync();
        foreach (var (method, tail) in (List<(string, string)>)[("GET", ""), ("POST", "/seen"), ("POST", "/read")])
        {
            var theirs = await _server.CallAsync(other, method, $"{Events}/{id}{tail}");
            var absent = await _server.CallAsync(other, method, $"{Events}/4711{tail}");
            theirs.Expect(HttpStatusCode.NotFound);
            Assert.Equal((absent.Status, absent.Body), (theirs.Status, theirs.Body));
        }

        Assert.All(await ListAsync(mine), e => Assert.False(e.GetProperty("seen").GetBoolean() || e.GetProperty("read").GetBoolean()));
        Assert.All(await ListAsync(other), e => Assert.Contains(e.Text("action"), (string[])["user_create", "token_create"]));
    }

    [Fact]
    public async Task Logins_consents_and_grants_are_no_events()
    {
        await _server.IssueTokensAsync();
        var token = await _server.TokenAsync();
        foreach (var kind in typeof(AuditKinds).GetFields().Select(f => (string)f.GetValue(null)!).Except(EventAction.ByKind.Keys))
        {
            await _server.Get<AuditLog>().WriteAsync(new AuditEvent { Time = _server.Clock.GetUtcNow(), Kind = kind, ActorId = _server.UserId });
        }

        Assert.Equal(["token_create", "user_create"], (await ListAsync(token)).Select(e => e.Text("action")));
    }

    private async Task<string> IdAsync(string token, string path, object body) =>
        (await _server.CallAsync(token, "POST", path, body)).Expect(HttpStatusCode.OK).GetProperty("id").ToString();

    private async Task<List<JsonElement>> ListAsync(string token) =>
        [.. (await _server.CallAsync(token, "GET", Events)).Expect(HttpStatusCode.OK).GetProperty("data").EnumerateArray()];

    private static JsonElement Entity(JsonElement happened) => happened.GetProperty("entity");
}
