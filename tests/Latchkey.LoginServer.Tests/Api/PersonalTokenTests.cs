using System.Net;
using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.Tests.Tokens;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class PersonalTokenTests : IAsyncLifetime
{
    private const string Tokens = "/v4/profile/tokens";
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_token_is_shown_once_works_at_once_and_is_then_known_by_its_first_16_characters()
    {
        var acting = await _server.TokenAsync();
        var answer = await _server.CallAsync(acting, "POST", Tokens, new { label = "cli", scopes = "account:read_only,linodes:read_write", expiry = "2026-02-01T00:00:00" });
        var made = answer.Expect(HttpStatusCode.OK);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("account:read_write", answer.Headers.GetValues("X-Accepted-OAuth-Scopes").Single());
        var token = made.Text("token")!;
        Assert.Equal("account:read_only linodes:read_write", made.Text("scopes"));
        Assert.Equal("2026-01-02T03:04:05", made.Text("created"));
        Assert.Equal("2026-02-01T00:00:00", made.Text("expiry"));
        Assert.Matches("^[a-z0-9]+$", token);

        var seen = (await _server.CallAsync(token, "GET", $"{Tokens}/{made.GetProperty("id")}")).Expect(HttpStatusCode.OK);
        Assert.Equal(token[..16], seen.Text("token"));
        var list = await _server.CallAsync(token, "GET", Tokens);
        Assert.Equal(2, list.Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());
        Assert.DoesNotContain(token, list.Body);

        _server.Clock.Advance(TimeSpan.FromDays(31));
        (await _server.CallAsync(token, "GET", Tokens)).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("{}", "account:read_write linodes:read_only")]
    [InlineData("""{"scopes":"*"}""", "account:read_write linodes:read_only")]
    [InlineData("""{"scopes":"linodes:read_only"}""", "linodes:read_only")]
    [InlineData("""{"scopes":null,"expiry":null}""", "account:read_write linodes:read_only")]
    public async Task Left_out_or_all_scopes_are_those_of_the_acting_token(string body, string granted)
    {
        var made = (await _server.CallAsync(await _server.TokenAsync("account:read_write linodes:read_only"), "POST", Tokens, body)).Expect(HttpStatusCode.OK);
        Assert.Equal(granted, made.Text("scopes"));
        var answer = await _server.CallAsync(made.Text("token")!, "GET", "/v4/profile");
        Assert.Equal(granted, answer.Headers.GetValues("X-OAuth-Scopes").Single());
    }

    [Theory]
    [InlineData("linodes:read_write")]
    [InlineData("account:*")]
    [InlineData("account")]
    [InlineData("domains:read_only")]
    public async Task A_token_never_makes_a_wider_one(string scopes)
    {
        var acting = await _server.TokenAsync("account:read_write linodes:read_only");
        Assert.Equal("scopes", (await _server.CallAsync(acting, "POST", Tokens, new { scopes })).Fields());
    }

    [Theory]
    [InlineData("""{"label":""}""", "label")]
    [InlineData("""{"label":7}""", "label")]
    [InlineData("""{"scopes":""}""", "scopes")]
    [InlineData("""{"scopes":"nonsense:read_only"}""", "scopes")]
    [InlineData("""{"scopes":"bad\"scope"}""", "scopes")]
    [InlineData("""{"expiry":"2026-01-02T03:04:05"}""", "expiry")]
    [InlineData("""{"expiry":"2100-01-01T00:00:00"}""", "expiry")]
    [InlineData("""{"expiry":"tomorrow"}""", "expiry")]
    [InlineData("""{"label":"","scopes":"x y","expiry":"z"}""", "label,scopes,expiry")]
    [InlineData("[]", "-")]
    [InlineData("{", "-")]
    [InlineData("""{"label":"a","label":"b"}""", "-")]
    [InlineData("""{"label":"a\u0000b"}""", "-")]
    public async Task What_is_wrong_is_told_by_field(string body, string fields) =>
        Assert.Equal(fields, (await _server.CallAsync(await _server.TokenAsync(), "POST", Tokens, body)).Fields());

    [Fact]
    public async Task Only_the_label_can_be_changed()
    {
        var acting = await _server.TokenAsync();
        var made = (await _server.CallAsync(acting, "POST", Tokens, new { label = "old", scopes = "account:read_only" })).Expect(HttpStatusCode.OK);
        var path = $"{Tokens}/{made.GetProperty("id")}";
        var changed = (await _server.CallAsync(acting, "PUT", path, new { label = "new", scopes = "*", expiry = "2026-01-03T00:00:00" })).Expect(HttpStatusCode.OK);
        Assert.Equal(("new", "account:read_only"), (changed.Text("label"), changed.Text("scopes")));
        Assert.Equal(made.Text("token")![..16], changed.Text("token"));
        Assert.Equal("new", (await _server.CallAsync(acting, "GET", path)).Expect(HttpStatusCode.OK).Text("label"));
    }

    [Fact]
    public async Task One_person_can_keep_no_more_than_on_their_account_page()
    {
        _server.Get<IOptions<AccountOptions>>().Value.MaxTokens = 2;
        var acting = await _server.TokenAsync();
        var made = (await _server.CallAsync(acting, "POST", Tokens, "{}")).Expect(HttpStatusCode.OK);

        Assert.Equal("-", (await _server.CallAsync(acting, "POST", Tokens, "{}")).Fields());

        (await _server.CallAsync(acting, "DELETE", $"{Tokens}/{made.GetProperty("id")}")).Expect(HttpStatusCode.OK);
        (await _server.CallAsync(acting, "POST", Tokens, "{}")).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("RA-07")]
    public async Task Anothers_token_is_as_good_as_absent()
    {
        var mine = (await _server.CallAsync(await _server.TokenAsync(), "POST", Tokens, "{}")).Expect(HttpStatusCode.OK);
        var other = await _server.OtherTokenAsync();
        foreach (var (method, body) in (List<(string, string?)>)[("GET", null), ("PUT", """{"label":"mine"}"""), ("DELETE", null)])
        {
            var theirs = await _server.CallAsync(other, method, $"{Tokens}/{mine.GetProperty("id")}", body);
            var absent = await _server.CallAsync(other, method, $"{Tokens}/4711", body);
            theirs.Expect(HttpStatusCode.NotFound);
            Assert.Equal((absent.Status, absent.Body), (theirs.Status, theirs.Body));
        }

        (await _server.CallAsync(mine.Text("token")!, "GET", "/v4/profile")).Expect(HttpStatusCode.OK);
        Assert.DoesNotContain(mine.Text("token")![..16], (await _server.CallAsync(other, "GET", Tokens)).Body);
    }

    [Fact, Spec("RA-10")]
    public async Task A_deleted_token_is_dead_at_once()
    {
        var acting = await _server.TokenAsync();
        var made = (await _server.CallAsync(acting, "POST", Tokens, "{}")).Expect(HttpStatusCode.OK);
        var path = $"{Tokens}/{made.GetProperty("id")}";
        Assert.Equal("{}", (await _server.CallAsync(acting, "DELETE", path)).Body);
        (await _server.CallAsync(made.Text("token")!, "GET", "/v4/profile")).Expect(HttpStatusCode.Unauthorized);
        Assert.False(await _server.IsActiveAsync(made.Text("token")));
        (await _server.CallAsync(acting, "DELETE", path)).Expect(HttpStatusCode.NotFound);
    }

    [Theory, Spec("RA-02"), Spec("RA-05")]
    [InlineData("GET", "", "account:read_only")]
    [InlineData("POST", "", "account:read_write")]
    [InlineData("GET", "/1", "account:read_only")]
    [InlineData("PUT", "/1", "account:read_write")]
    [InlineData("DELETE", "/1", "account:read_write")]
    public async Task Each_call_needs_its_scope(string method, string path, string needed)
    {
        var almost = needed == "account:read_only" ? "linodes:*" : "account:read_only linodes:*";
        var answer = await _server.CallAsync(await _server.TokenAsync(almost), method, Tokens + path, "{}");
        answer.Expect(HttpStatusCode.Forbidden);
        Assert.Contains($"scope=\"{needed}\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(needed, answer.Headers.GetValues("X-Accepted-OAuth-Scopes").Single());
        (await _server.SendAsync(Tokens + path, null, null, new HttpMethod(method))).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact, Spec("RA-13")]
    public async Task The_list_answers_page_and_filter()
    {
        var acting = await _server.TokenAsync();
        foreach (var label in (string[])["a", "b", "c"])
        {
            (await _server.CallAsync(acting, "POST", Tokens, new { label })).Expect(HttpStatusCode.OK);
        }

        var filtered = (await _server.CallAsync(acting, "GET", Tokens, filter: """{"label":{"+gt":"a"},"+order_by":"label","+order":"desc"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(["test", "c", "b"], filtered.GetProperty("data").EnumerateArray().Select(t => t.Text("label")));
        Assert.Equal("X-Filter", (await _server.CallAsync(acting, "GET", Tokens, filter: """{"grant_id":1}""")).Fields());
        Assert.Equal("page", (await _server.CallAsync(acting, "GET", Tokens + "?page=0")).Fields());
        Assert.Equal("page_size", (await _server.CallAsync(acting, "GET", Tokens + "?page_size=24")).Fields());
    }
}
