using System.Net;
using System.Text.Json;
using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class OAuthClientTests : IAsyncLifetime
{
    private const string Clients = "/v4/account/oauth-clients";
    private BackChannel _server = null!;
    private string _token = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BackChannel.StartAsync();
        _token = await _server.TokenAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact, Spec("RG-06")]
    public async Task The_secret_is_shown_once_and_nowhere_again()
    {
        var made = await CreateAsync();
        var secret = made.Text("secret")!;
        Assert.Matches("^[0-9a-f]{20}$", made.Text("id"));
        Assert.Matches("^[0-9a-f]{64}$", secret);
        Assert.Equal(("My app", "https://app.example/cb", "active"), (made.Text("label"), made.Text("redirect_uri"), made.Text("status")));
        Assert.False(made.GetProperty("public").GetBoolean());
        Assert.Equal(JsonValueKind.Null, made.GetProperty("thumbnail_url").ValueKind);

        foreach (var path in (string[])[Clients, $"{Clients}/{made.Text("id")}"])
        {
            var answer = await _server.CallAsync(_token, "GET", path);
            answer.Expect(HttpStatusCode.OK);
            Assert.Contains("\"secret\":\"\\u003CREDACTED\\u003E\"", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, answer.Body);
        }
    }

    [Theory]
    [InlineData("reset-secret")]
    [InlineData("reset_secret")]
    public async Task A_reset_secret_works_at_once_and_the_old_one_no_longer(string reset)
    {
        var made = await CreateAsync();
        var changed = (await _server.CallAsync(_token, "POST", $"{Clients}/{made.Text("id")}/{reset}")).Expect(HttpStatusCode.OK);
        Assert.NotEqual(made.Text("secret"), changed.Text("secret"));
        var client = await _server.Get<ClientStore>().FindAsync(made.Text("id")!);
        (await _server.RevokeAsync("x", new RegisteredClient(client!, new ClientSecret(changed.Text("secret")!)))).Expect(HttpStatusCode.OK);
        (await _server.RevokeAsync("x", new RegisteredClient(client!, new ClientSecret(made.Text("secret")!)))).Expect(HttpStatusCode.Unauthorized);
    }

    [Theory, Spec("RG-02")]
    [InlineData("http://app.example/cb")]
    [InlineData("https://app.example/cb#x")]
    [InlineData("https://user@app.example/cb")]
    [InlineData("https://*.example/cb")]
    [InlineData("/cb")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("https://app.example/c\\nb")]
    [InlineData("https://app.example/cb?code=1")]
    [InlineData("https://app.example/cb?state=1")]
    [InlineData("https://app.example/cb?iss=1")]
    public async Task A_redirect_URI_that_could_leak_a_code_is_refused(string uri)
    {
        Assert.Equal("redirect_uri", (await _server.CallAsync(_token, "POST", Clients, new { label = "x", redirect_uri = uri })).Fields());
        var made = await CreateAsync();
        Assert.Equal("redirect_uri", (await _server.CallAsync(_token, "PUT", $"{Clients}/{made.Text("id")}", new { redirect_uri = uri })).Fields());
    }

    [Fact]
    public async Task What_is_missing_or_too_long_is_told_by_field()
    {
        Assert.Equal("label,redirect_uri", (await _server.CallAsync(_token, "POST", Clients, "{}")).Fields());
        Assert.Equal("label,public", (await _server.CallAsync(
            _token, "POST", Clients, new { label = new string('x', 513), redirect_uri = "https://app.example/cb", @public = "yes" })).Fields());
    }

    [Fact, Spec("TK-13")]
    public async Task A_public_client_is_given_a_secret_that_it_need_not_send_and_stays_public()
    {
        var made = (await _server.CallAsync(
            _token, "POST", Clients, new { label = "x", redirect_uri = "http://localhost/cb", @public = true })).Expect(HttpStatusCode.OK);
        Assert.Matches("^[0-9a-f]{64}$", made.Text("secret"));
        Assert.True(made.GetProperty("public").GetBoolean());
        var reset = (await _server.CallAsync(_token, "POST", $"{Clients}/{made.Text("id")}/reset-secret")).Expect(HttpStatusCode.OK);
        Assert.NotEqual(made.Text("secret"), reset.Text("secret"));
        var client = (await _server.Get<ClientStore>().FindAsync(made.Text("id")!))!;
        foreach (var (secret, status) in new[]
                 {
                     ("", HttpStatusCode.OK), (reset.Text("secret"), HttpStatusCode.OK), (made.Text("secret"), HttpStatusCode.Unauthorized),
                 })
        {
            var answer = await _server.PostAsync("/oauth/revoke", new RegisteredClient(client, null), ("token", "x"), ("client_secret", secret!));
            answer.Expect(status);
        }

        Assert.Equal("public", (await _server.CallAsync(_token, "PUT", $"{Clients}/{made.Text("id")}", new { @public = false })).Fields());
    }

    [Fact]
    public async Task An_update_counts_at_the_next_request()
    {
        var made = await CreateAsync();
        var path = $"{Clients}/{made.Text("id")}";
        var changed = (await _server.CallAsync(_token, "PUT", path, new { label = "Other", redirect_uri = "https://app.example/new" })).Expect(HttpStatusCode.OK);
        Assert.Equal(("Other", "https://app.example/new"), (changed.Text("label"), changed.Text("redirect_uri")));
        Assert.Equal(["https://app.example/new"], (await _server.Get<ClientStore>().FindAsync(made.Text("id")!))!.RedirectUris);
    }

    [Fact, Spec("RG-09"), Spec("RV-09")]
    public async Task Deleting_a_client_ends_its_tokens_at_once()
    {
        var made = await CreateAsync();
        var client = (await _server.Get<ClientStore>().FindAsync(made.Text("id")!))!;
        var tokens = await _server.IssueTokensAsync(new RegisteredClient(client, new ClientSecret(made.Text("secret")!)));
        Assert.True(await _server.IsActiveAsync(tokens.Text("access_token")));
        Assert.Equal("{}", (await _server.CallAsync(_token, "DELETE", $"{Clients}/{client.Id}")).Body);
        Assert.False(await _server.IsActiveAsync(tokens.Text("access_token")));
        (await _server.CallAsync(_token, "GET", $"{Clients}/{client.Id}")).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_person_can_register_no_more_than_on_their_account_page()
    {
        _server.Get<IOptions<AccountOptions>>().Value.MaxClients = 1;
        var made = await CreateAsync();

        Assert.Equal("-", (await _server.CallAsync(_token, "POST", Clients, new { label = "one more", redirect_uri = "https://app.example/cb" })).Fields());

        (await _server.CallAsync(_token, "DELETE", $"{Clients}/{made.Text("id")}")).Expect(HttpStatusCode.OK);
        await CreateAsync();
    }

    [Fact, Spec("RA-07")]
    public async Task Anothers_client_and_the_operators_are_as_good_as_absent()
    {
        var made = await CreateAsync();
        var other = await _server.OtherTokenAsync();
        var body = new { label = "mine", redirect_uri = "https://evil.example/cb" };
        foreach (var id in (string[])[made.Text("id")!, _server.App.Client.Id])
        {
            foreach (var (method, tail, content) in (List<(string, string, object?)>)
                [("GET", "", null), ("PUT", "", body), ("DELETE", "", null), ("POST", "/reset-secret", null), ("PUT", "/thumbnail", null)])
            {
                var theirs = await _server.CallAsync(other, method, $"{Clients}/{id}{tail}", content);
                var absent = await _server.CallAsync(other, method, $"{Clients}/00000000000000000000{tail}", content);
                theirs.Expect(HttpStatusCode.NotFound);
                Assert.Equal(absent.Body, theirs.Body);
            }
        }

        Assert.Equal(0, (await _server.CallAsync(other, "GET", Clients)).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());
        Assert.Equal("https://app.example/cb", (await _server.CallAsync(_token, "GET", $"{Clients}/{made.Text("id")}")).Expect(HttpStatusCode.OK).Text("redirect_uri"));
    }

    [Theory, Spec("RG-05")]
    [InlineData("Acme\u202eecnanif")]
    [InlineData("Ac\u200bme")]
    [InlineData("Acme\r\nVerified")]
    [InlineData("Acme\u0007")]
    [InlineData("   ")]
    public async Task A_label_that_hides_or_reorders_what_people_read_is_refused(string label)
    {
        (await _server.CallAsync(_token, "POST", Clients, new { label, redirect_uri = "https://app.example/cb" })).Expect(HttpStatusCode.BadRequest);
        (await _server.CallAsync(_token, "POST", "/v4/profile/tokens", new { label })).Expect(HttpStatusCode.BadRequest);
        var id = (await CreateAsync()).Text("id");
        (await _server.CallAsync(_token, "PUT", $"{Clients}/{id}", new { label })).Expect(HttpStatusCode.BadRequest);
    }

    [Theory, Spec("RA-05")]
    [InlineData("GET", "", "account:read_only")]
    [InlineData("POST", "", "account:read_write")]
    [InlineData("GET", "/x", "account:read_only")]
    [InlineData("PUT", "/x", "account:read_write")]
    [InlineData("DELETE", "/x", "account:read_write")]
    [InlineData("POST", "/x/reset-secret", "account:read_write")]
    [InlineData("POST", "/x/reset_secret", "account:read_write")]
    [InlineData("PUT", "/x/thumbnail", "account:read_write")]
    public async Task Each_call_needs_its_scope(string method, string path, string needed)
    {
        var almost = needed == "account:read_only" ? "linodes:*" : "account:read_only linodes:*";
        var answer = await _server.CallAsync(await _server.TokenAsync(almost), method, Clients + path, "{}");
        answer.Expect(HttpStatusCode.Forbidden);
        Assert.Equal(needed, answer.Headers.GetValues("X-Accepted-OAuth-Scopes").Single());
        (await _server.SendAsync(Clients + path, null, null, new HttpMethod(method))).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact, Spec("RV-09")]
    public async Task Deleting_an_app_withdraws_the_consent_and_ends_its_tokens_at_once()
    {
        var tokens = await _server.IssueTokensAsync();
        var app = Assert.Single((await _server.CallAsync(_token, "GET", "/v4/profile/apps")).Expect(HttpStatusCode.OK).GetProperty("data").EnumerateArray().ToList());
        Assert.Equal(("App", "linodes:read_write stackscripts:read_only"), (app.Text("label"), app.Text("scopes")));
        var path = $"/v4/profile/apps/{app.GetProperty("id")}";
        Assert.Equal("App", (await _server.CallAsync(_token, "GET", path)).Expect(HttpStatusCode.OK).Text("label"));

        var other = await _server.OtherTokenAsync();
        (await _server.CallAsync(other, "GET", path)).Expect(HttpStatusCode.NotFound);
        (await _server.CallAsync(other, "DELETE", path)).Expect(HttpStatusCode.NotFound);
        Assert.True(await _server.IsActiveAsync(tokens.Text("access_token")));

        Assert.Equal("{}", (await _server.CallAsync(_token, "DELETE", path)).Body);
        await _server.AssertDeadAsync(tokens);
        (await _server.CallAsync(_token, "GET", path)).Expect(HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> CreateAsync() =>
        (await _server.CallAsync(_token, "POST", Clients, new { label = "My app", redirect_uri = "https://app.example/cb" })).Expect(HttpStatusCode.OK);
}
