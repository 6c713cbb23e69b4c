using System.Net;
using Latchkey.LoginServer.Tests.Tokens;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class ApiAnswersTests
{
    private const string Stranger = "https://cloud.example";

    [Theory, Spec("RA-14")]
    [InlineData("GET", "/v4/profile", HttpStatusCode.OK)]
    [InlineData("GET", "/v4beta/profile/tokens/7", HttpStatusCode.NotFound)]
    [InlineData("POST", "/v4/account/oauth-clients", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v4/nothing", HttpStatusCode.NotFound)]
    [InlineData("PATCH", "/v4/profile", HttpStatusCode.MethodNotAllowed)]
    public async Task A_script_of_any_origin_may_read_every_answer_and_learns_what_its_token_may(string method, string path, HttpStatusCode status)
    {
        await using var server = await BackChannel.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", Stranger);
        var answer = await server.SendAsync(await server.TokenAsync("account:*"), request);

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal("account:*", answer.Headers.GetValues("X-OAuth-Scopes").Single());
        Assert.Equal("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory, Spec("RA-14")]
    [InlineData("/v4/profile", true)]
    [InlineData("/v4beta/account/oauth-clients/x/thumbnail", true)]
    [InlineData("/v4/nothing", true)]
    [InlineData("/v4x/profile", false)]
    [InlineData("/account", false)]
    [InlineData("/login", false)]
    [InlineData("/oauth/authorize", false)]
    [InlineData("/oauth/introspect", false)]
    public async Task A_preflight_is_answered_for_the_API_and_nothing_else(string path, bool answered)
    {
        await using var server = await BackChannel.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", Stranger);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(answered, answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(answered, answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_fault_carries_them_too()
    {
        await using var server = await BackChannel.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v4/profile/tokens") { Content = new ByteArrayContent([1]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-16");
        var answer = await server.SendAsync(await server.TokenAsync(), request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Another_verb_is_405_and_says_which_there_are()
    {
        await using var server = await BackChannel.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v4/profile/tokens");
        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Fact, Spec("RA-05")]
    public async Task HEAD_asks_for_the_scope_of_GET()
    {
        await using var server = await BackChannel.StartAsync();
        foreach (var (scopes, status) in new[] { ("account:read_only", HttpStatusCode.OK), ("linodes:*", HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, "/v4/profile/tokens");
            Assert.Equal(status, (await server.SendAsync(await server.TokenAsync(scopes), request)).Status);
        }
    }

    [Theory, Spec("RA-05"), Spec("RFC6750-3.1")]
    [InlineData(false, HttpStatusCode.Forbidden)]
    [InlineData(true, HttpStatusCode.Unauthorized)]
    public async Task A_missing_scope_is_403_or_401_where_it_shall_be_as_at_Linode(bool asLinode, HttpStatusCode status)
    {
        await using var server = await BackChannel.StartAsync(o => o.AnswerMissingScopeAsLinode = asLinode);
        var answer = await server.CallAsync(await server.TokenAsync("linodes:*"), "GET", "/v4/profile/tokens");

        Assert.Equal("Your OAuth token is not authorized to use this endpoint.", answer.Expect(status).GetProperty("errors")[0].Text("reason"));
        Assert.Contains("insufficient_scope", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }
}
