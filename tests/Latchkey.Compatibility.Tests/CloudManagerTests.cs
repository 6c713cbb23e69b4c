using System.Text;
using Latchkey.Core.Clients;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.CompatibilityTests;

/// <summary>Linode's Cloud Manager: a public client in a browser, on an origin of its own.</summary>
public sealed class CloudManagerTests(Parties parties) : IClassFixture<Parties>
{
    private const string Origin = "http://localhost:3000";
    private const string Callback = Origin + "/oauth/callback";

    /// <summary>What it asks for on its pages, whichever page that is.</summary>
    public static TheoryData<string> Paths =>
    [
        "/v4/profile", "/v4/profile/preferences", "/v4beta/account", "/v4beta/account/settings", $"/v4beta/iam/users/{Scene.UserName}/permissions/account",
        "/v4beta/regions", "/v4/account/notifications", "/v4/account/events", "/v4beta/linode/instances", "/v4beta/account/maintenance", "/v4/account/transfer",
        "/v4/profile/tokens", "/v4/profile/apps", "/v4/account/oauth-clients", "/v4/profile/security-questions", "/v4/profile/devices", "/v4/profile/grants",
    ];

    [Fact]
    public async Task It_logs_in_calls_and_logs_out_again()
    {
        var client = await parties.RegisterAsync(Callback, @public: true);
        using var browser = Scene.NewBrowser();
        browser.Apps.Add(Origin);
        var (token, returnTo) = await LogInAsync(browser, client, "/linodes");

        Assert.Equal("/linodes", returnTo);
        var profile = await CallAsync("GET", "/v4/profile", token);
        Assert.Equal(Scene.UserName, profile.Must(200).Member("username"));
        Assert.Equal("*", profile["X-OAuth-Scopes"]);

        var revoked = await Wire.SendAsync(
            "POST",
            parties.Login + "/oauth/revoke",
            Browsing(("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")),
            Encoding.ASCII.GetBytes($"client_id={client.Client.Id}&token={token}"));
        Assert.Equal(Origin, revoked.Must(200)["Access-Control-Allow-Origin"]);
        (await CallAsync("GET", "/v4/profile", token)).MustRefuse(401, "Invalid Token");

        await LogOutAsync(browser);
        var again = await browser.OpenAsync(AuthorizeUrl(client, CodeVerifier.Generate(), Guid.NewGuid().ToString(), "/"));
        Assert.NotNull(again.Html.QuerySelector("input[name=password]"));
    }

    [Fact]
    public async Task The_token_request_carries_no_secret_and_reads_what_it_stores()
    {
        var client = await parties.RegisterAsync(Callback, @public: true);
        using var browser = Scene.NewBrowser();
        browser.Apps.Add(Origin);
        var verifier = CodeVerifier.Generate();
        var code = Parties.Parameters((await Parties.AgreeAsync(browser, AuthorizeUrl(client, verifier, "s", "/"))).Query)["code"];
        var answer = (await RedeemAsync(client, verifier, code, "s")).Must(200);

        Assert.Equal(Origin, answer["Access-Control-Allow-Origin"]);
        Assert.Null(answer["Access-Control-Allow-Credentials"]);
        Assert.Equal("bearer", answer.Member("token_type"));
        Assert.Equal("*", answer.Member("scopes"));
        Assert.Equal(7200, answer.Json.GetProperty("expires_in").GetInt32());
        Assert.True(answer.Json.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task A_strict_client_is_refused_the_query_behind_the_callback_and_the_multipart_body()
    {
        var client = await parties.RegisterAsync(Callback, @public: true, Compatibility.None);
        using var browser = Scene.NewBrowser();
        browser.Apps.Add(Origin);
        var verifier = CodeVerifier.Generate();

        Assert.Null((await browser.OpenAsync(AuthorizeUrl(client, verifier, "s", "/linodes"))).Location);
        var plain = AuthorizeUrl(client, verifier, "s", "/").Replace("%3FreturnTo%3D%2F", "", StringComparison.Ordinal);
        var code = Parties.Parameters((await Parties.AgreeAsync(browser, plain)).Query)["code"];
        (await RedeemAsync(client, verifier, code, "s")).MustRefuse(400);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Every_call_comes_after_a_preflight_and_is_answered_so_that_a_script_may_read_it(string path)
    {
        var api = parties.Api[..^"/v4".Length];
        foreach (var host in (string[])[api, .. path.Split('/')[2] is "profile" or "account" or "iam" ? new[] { parties.Login } : []])
        {
            var preflight = (await Wire.SendAsync("OPTIONS", host + path, Browsing(
                ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization,content-type,x-filter")))).Must(204);
            Assert.Equal("*", preflight["Access-Control-Allow-Origin"]);
            Assert.Contains("GET", preflight["Access-Control-Allow-Methods"]);
            Assert.All(["Authorization", "Content-Type", "X-Filter"], h => Assert.Contains(h, preflight["Access-Control-Allow-Headers"]));

            var answer = await Wire.SendAsync("GET", host + path, Browsing(("Authorization", $"Bearer {await parties.TokenAsync()}"), ("Content-Type", "application/json")));
            Assert.Equal("*", answer.Must(path.EndsWith("/grants", StringComparison.Ordinal) ? 204 : 200)["Access-Control-Allow-Origin"]);
            Assert.Equal(answer.Status == 204 ? null : "application/json", answer["Content-Type"]);
            Assert.Equal("*", answer["X-OAuth-Scopes"]);

            var refused = await Wire.SendAsync("GET", host + path, Browsing(("Authorization", "Bearer gone")));
            Assert.Equal("*", refused["Access-Control-Allow-Origin"]);
            _ = path.EndsWith("/regions", StringComparison.Ordinal) ? refused.Must(200) : refused.MustRefuse(401, "Invalid Token");
        }
    }

    [Fact]
    public async Task It_keeps_what_its_user_prefers()
    {
        var token = await parties.TokenAsync();
        var preflight = (await Wire.SendAsync("OPTIONS", parties.Api + "/profile/preferences", Browsing(
            ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "authorization,content-type")))).Must(204);
        Assert.Contains("PUT", preflight["Access-Control-Allow-Methods"]);

        const string preferences = """{"theme":"dark","sortKeys":{"linodes":{"order":"asc","orderBy":"label"}},"is_large_account":false}""";
        (await Wire.SendAsync(
            "PUT", parties.Api + "/profile/preferences", Browsing(("Authorization", $"Bearer {token}"), ("Content-Type", "application/json")), Encoding.ASCII.GetBytes(preferences))).Must(200);
        Assert.Equal("dark", (await CallAsync("GET", "/v4/profile/preferences", token)).Must(200).Member("theme"));
    }

    private async Task<(string Token, string ReturnTo)> LogInAsync(Browser browser, RegisteredClient client, string returnTo)
    {
        var (verifier, state) = (CodeVerifier.Generate(), Guid.NewGuid().ToString());
        var to = await Parties.AgreeAsync(browser, AuthorizeUrl(client, verifier, state, returnTo));
        Assert.StartsWith($"{Callback}?returnTo={returnTo}&", to.AbsoluteUri);
        var callback = Parties.Parameters(to.Query);
        Assert.Equal(state, callback["state"]);
        var answer = (await RedeemAsync(client, verifier, callback["code"], state)).Must(200);
        return (answer.Member("access_token")!, callback["returnTo"]);
    }

    private string AuthorizeUrl(RegisteredClient client, CodeVerifier verifier, string state, string returnTo) =>
        $"{parties.Login}/oauth/authorize?client_id={client.Client.Id}&code_challenge={CodeChallenge.Of(verifier).Text}&code_challenge_method=S256"
        + $"&redirect_uri={Uri.EscapeDataString($"{Callback}?returnTo={returnTo}")}&response_type=code&scope=*&state={state}";

    /// <summary>What <c>fetch</c> makes of a <c>FormData</c>.</summary>
    private Task<Reply> RedeemAsync(RegisteredClient client, CodeVerifier verifier, string code, string state)
    {
        const string boundary = "----WebKitFormBoundaryx3tKq0jUWdMbyRfM";
        (string Name, string Value)[] fields =
            [("grant_type", "authorization_code"), ("client_id", client.Client.Id), ("code", code), ("state", state), ("code_verifier", verifier.Reveal())];
        var body = string.Concat(fields.Select(f => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{f.Name}\"\r\n\r\n{f.Value}\r\n")) + $"--{boundary}--\r\n";
        return Wire.SendAsync(
            "POST", parties.Login + "/oauth/token", Browsing(("Content-Type", $"multipart/form-data; boundary={boundary}")), Encoding.ASCII.GetBytes(body));
    }

    private Task<Reply> CallAsync(string method, string path, string token) => Wire.SendAsync(
        method, parties.Api[..^"/v4".Length] + path, Browsing(("Authorization", $"Bearer {token}"), ("Content-Type", "application/json")));

    // GET {login}/logout with no parameters, and whatever it asks before it believes that the person meant it.
    private async Task LogOutAsync(Browser browser)
    {
        var page = await browser.OpenAsync(parties.Login + "/logout");
        if (page.Html.QuerySelector("form[method=post]") is not null)
        {
            await browser.SubmitAsync(page);
        }
    }

    private static IEnumerable<(string, string)> Browsing(params (string, string)[] more) =>
    [
        ("Accept", "application/json, text/plain, */*"), ("Origin", Origin), ("Referer", Origin + "/"),
        ("Sec-Fetch-Dest", "empty"), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Site", "same-site"),
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"), .. more,
    ];
}
