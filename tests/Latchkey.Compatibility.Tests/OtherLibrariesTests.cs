using System.Text;
using Latchkey.Core.Clients;
using Latchkey.Flows.Tests.Framework;

namespace Latchkey.CompatibilityTests;

/// <summary>Libraries of others that log people in with Linode: for PHP (webinarium/oauth2-linode) and Rust (oauth2-linode of bk-rs).</summary>
public sealed class OtherLibrariesTests(Parties parties) : IClassFixture<Parties>
{
    private const string Callback = "http://localhost:8000/callback";

    [Fact]
    public async Task The_PHP_provider_sends_commas_in_the_singular_and_reads_the_account()
    {
        var client = await parties.RegisterAsync(Callback);
        using var browser = Scene.NewBrowser();
        browser.Apps.Add("http://localhost:8000/");
        var state = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        var to = await Parties.AgreeAsync(browser, $"{parties.Login}/oauth/authorize?" + PythonRequests.Encode(
            ("scope", "account:read_only,linodes:read_only"), ("state", state), ("response_type", "code"), ("approval_prompt", "auto"),
            ("redirect_uri", Callback), ("client_id", client.Client.Id)));
        var callback = Parties.Parameters(to.Query);
        Assert.Equal(state, callback["state"]);

        var tokens = (await PostAsync("GuzzleHttp/7", [
            ("client_id", client.Client.Id), ("client_secret", client.Secret!.Reveal()), ("redirect_uri", Callback),
            ("grant_type", "authorization_code"), ("code", callback["code"])])).Must(200);
        Assert.Contains("json", tokens["Content-Type"]);
        Assert.True(tokens.Json.GetProperty("expires_in").GetInt64() > 0);

        var owner = (await Wire.SendAsync("GET", parties.Api + "/account", [("User-Agent", "GuzzleHttp/7"), ("Authorization", $"Bearer {tokens.Member("access_token")}")])).Must(200);
        Assert.Contains('@', owner.Member("email")!);
        Assert.All(["first_name", "last_name", "company", "address_1", "city", "country", "zip", "phone", "tax_id"], k => Assert.NotNull(owner.Member(k)));
    }

    [Fact]
    public async Task The_PHP_provider_throws_the_reason_of_the_first_error()
    {
        var client = await parties.RegisterAsync(Callback);
        var refused = await PostAsync("GuzzleHttp/7", [
            ("client_id", client.Client.Id), ("client_secret", client.Secret!.Reveal()), ("redirect_uri", Callback),
            ("grant_type", "authorization_code"), ("code", "used")]);

        Assert.Equal("invalid_grant", refused.MustRefuse(400).Member("error"));
        Assert.Equal(refused.Member("error_description"), refused.Json.GetProperty("errors")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_Rust_provider_parses_scope_and_needs_three_members_of_the_profile()
    {
        var client = await parties.RegisterAsync(Callback);
        using var browser = Scene.NewBrowser();
        browser.Apps.Add("http://localhost:8000/");
        var to = await Parties.AgreeAsync(browser, $"{parties.Login}/oauth/authorize?" + PythonRequests.Encode(
            ("response_type", "code"), ("client_id", client.Client.Id), ("redirect_uri", Callback), ("scope", "account:read_only linodes:read_only"), ("state", "s")));
        var tokens = (await PostAsync("oauth2-rs", [
            ("grant_type", "authorization_code"), ("code", Parties.Parameters(to.Query)["code"]), ("redirect_uri", Callback),
            ("client_id", client.Client.Id), ("client_secret", client.Secret!.Reveal())], "application/json")).Must(200);
        Assert.Equal("account:read_only linodes:read_only", tokens.Member("scope"));
        Assert.Equal(tokens.Member("scope"), tokens.Member("scopes"));
        Assert.Equal("bearer", tokens.Member("token_type"));

        var profile = (await Wire.SendAsync("GET", parties.Api + "/profile", [("authorization", $"Bearer {tokens.Member("access_token")}"), ("accept", "application/json")])).Must(200);
        Assert.True(profile.Json.GetProperty("uid").TryGetUInt64(out _));
        Assert.Equal(("ada@example.com", Scene.UserName), (profile.Member("email"), profile.Member("username")));
    }

    [Fact]
    public async Task A_strict_client_is_refused_what_they_send()
    {
        var client = await parties.RegisterAsync(Callback, compatibility: Compatibility.None);
        using var browser = Scene.NewBrowser();
        browser.Apps.Add("http://localhost:8000/");
        var to = await Parties.AgreeAsync(browser, $"{parties.Login}/oauth/authorize?" + PythonRequests.Encode(
            ("scope", "account:read_only,linodes:read_only"), ("state", "s"), ("response_type", "code"), ("redirect_uri", Callback), ("client_id", client.Client.Id)));

        Assert.Matches("^invalid_", Parties.Parameters(to.Query)["error"]);
    }

    private Task<Reply> PostAsync(string agent, (string, string)[] form, string? accept = null) => Wire.SendAsync(
        "POST",
        parties.Login + "/oauth/token",
        [("User-Agent", agent), ("Content-Type", "application/x-www-form-urlencoded"), .. accept is null ? [] : new[] { ("Accept", accept) }],
        Encoding.ASCII.GetBytes(PythonRequests.Encode(form)));
}
