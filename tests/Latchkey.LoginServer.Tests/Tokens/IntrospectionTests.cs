using System.Net;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Tokens;

public sealed class IntrospectionTests
{
    [Fact, Spec("IN-01"), Spec("RFC7662-2.2")]
    public async Task A_living_token_is_described()
    {
        await using var server = await BackChannel.StartAsync();
        var issued = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        var tokens = await server.IssueTokensAsync();
        var json = await server.IntrospectAsync(tokens.Text("access_token"));
        Assert.True(json.GetProperty("active").GetBoolean());
        Assert.Equal("linodes:read_write stackscripts:read_only", json.Text("scope"));
        Assert.Equal(server.App.Client.Id, json.Text("client_id"));
        Assert.Equal("ada", json.Text("username"));
        Assert.Equal(server.UserId.ToString(), json.Text("sub"));
        Assert.Equal(BackChannel.Issuer, json.Text("aud"));
        Assert.Equal(BackChannel.Issuer, json.Text("iss"));
        Assert.Equal("bearer", json.Text("token_type"));
        Assert.Equal(issued, json.GetProperty("iat").GetInt64());
        Assert.Equal(issued + 7200, json.GetProperty("exp").GetInt64());
    }

    [Fact, Spec("IN-02"), Spec("RFC7662-2.1")]
    public async Task A_caller_that_cannot_prove_itself_learns_nothing()
    {
        await using var server = await BackChannel.StartAsync();
        var mobile = await server.AddClientAsync(new NewClient { Label = "Mobile", RedirectUris = ["https://app.example/cb"], Public = true });
        var token = (await server.IssueTokensAsync(mobile)).Text("access_token")!;
        (await server.PostAsync("/oauth/introspect", mobile, ("token", token))).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        (await server.PostAsync("/oauth/introspect", server.Api, ("token", token), ("client_secret", "wrong"))).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        (await server.PostAsync("/oauth/introspect", server.Api, ("token", token), ("client_id", ""), ("client_secret", ""))).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact, Spec("IN-03")]
    public async Task Anything_else_is_inactive_and_nothing_more()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var tokens = (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
        var access = tokens.Text("access_token")!;
        foreach (var text in (string[])["garbage", code, tokens.Text("refresh_token")!, access[..^1], access + "0", access.ToUpperInvariant(), "lkp" + access[3..], new string('a', 1_000_000)])
        {
            Assert.Equal("""{"active":false}""", (await server.PostAsync("/oauth/introspect", server.Api, ("token", text))).Body);
        }

        server.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("""{"active":false}""", (await server.PostAsync("/oauth/introspect", server.Api, ("token", access))).Body);
    }

    [Fact, Spec("IN-09")]
    public async Task A_token_is_dead_from_the_second_it_names_and_not_before()
    {
        await using var server = await BackChannel.StartAsync();
        var token = (await server.IssueTokensAsync()).Text("access_token");
        var end = DateTimeOffset.FromUnixTimeSeconds((await server.IntrospectAsync(token)).GetProperty("exp").GetInt64());
        server.Clock.Advance(end - server.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        Assert.True(await server.IsActiveAsync(token));
        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await server.IsActiveAsync(token));
    }

    [Fact, Spec("IN-04"), Spec("RFC8707-2")]
    public async Task An_API_asks_about_tokens_meant_for_it()
    {
        await using var server = await BackChannel.StartAsync();
        var other = await server.AddClientAsync(new NewClient { Label = "Other API", Api = true, Resource = "https://other.example/api" });
        var app = await server.AddClientAsync(new NewClient { Label = "Other app", RedirectUris = ["https://app.example/cb"] });
        var mine = (await server.IssueTokensAsync()).Text("access_token");
        var theirs = (await server.RedeemAsync(await server.IssueCodeAsync(null, g => g with { Resource = "https://other.example/api" }))).Expect(HttpStatusCode.OK).Text("access_token");

        Assert.True((await server.IntrospectAsync(mine)).GetProperty("active").GetBoolean());
        Assert.False((await server.IntrospectAsync(mine, other)).GetProperty("active").GetBoolean());
        Assert.False((await server.IntrospectAsync(theirs)).GetProperty("active").GetBoolean());
        Assert.Equal("https://other.example/api", (await server.IntrospectAsync(theirs, other)).Text("aud"));

        // An app may ask about its own tokens and no others.
        Assert.True((await server.IntrospectAsync(mine, server.App)).GetProperty("active").GetBoolean());
        Assert.False((await server.IntrospectAsync(mine, app)).GetProperty("active").GetBoolean());
    }

    [Fact, Spec("IN-07")]
    public async Task The_token_stands_in_the_body_of_a_POST()
    {
        await using var server = await BackChannel.StartAsync();
        var token = (await server.IssueTokensAsync()).Text("access_token");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.Http.GetAsync($"/oauth/introspect?token={token}")).StatusCode);
        (await server.PostAsync($"/oauth/introspect?token={token}", server.Api)).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
    }
}
