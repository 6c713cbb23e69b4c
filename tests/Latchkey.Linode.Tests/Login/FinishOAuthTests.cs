using System.Net;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

public sealed class FinishOAuthTests
{
    private readonly LoginFixture _login = new();

    [Fact]
    [Spec("RFC6749-4.1.3")]
    public async Task The_code_is_traded_with_verifier_and_secret_in_the_body()
    {
        _login.Network.Answers(LoginFixture.TokenJson);
        var request = _login.Begin();

        var token = await _login.Client.FinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken);

        var sent = Assert.Single(_login.Network.Sent);
        Assert.Equal(new Uri("https://login.linode.com/oauth/token"), sent.Uri);
        Assert.Equal(HttpMethod.Post, sent.Method);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = "the-code",
                ["code_verifier"] = request.CodeVerifier.Reveal(),
                ["redirect_uri"] = "https://app.example/callback",
                ["client_id"] = "the-client",
                ["client_secret"] = "the-secret",
            },
            sent.Form);
        Assert.Equal("lka-access", token.AccessToken.Reveal());
        Assert.Equal("lkr-refresh", token.RefreshToken?.Reveal());
        Assert.Equal(_login.Clock.GetUtcNow().AddHours(2), token.ExpiresAt);
        Assert.True(token.Scopes.Covers(OAuthScopes.Linodes.ReadOnly));
        Assert.False(token.Scopes.Covers(OAuthScopes.Linodes.ReadWrite));
    }

    [Fact]
    public async Task A_public_client_sends_no_secret()
    {
        var login = new LoginFixture(secret: null);
        login.Network.Answers(LoginFixture.TokenJson);
        var request = login.Begin();

        await login.Client.FinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("client_secret", Assert.Single(login.Network.Sent).Form.Keys);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another")]
    [Spec("CL-01")]
    [Spec("RFC9700-4.7")]
    public async Task A_wrong_state_is_refused_before_anything_is_sent(string? state)
    {
        var result = await _login.Client.TryFinishOAuthAsync("the-code", state, _login.Begin(), TestContext.Current.CancellationToken);

        Assert.False(result.Succeeded);
        Assert.Equal(OAuthRefusalKind.WrongState, result.Refusal.Kind);
        Assert.Empty(_login.Network.Sent);
    }

    [Fact]
    [Spec("CL-01")]
    public async Task The_state_of_another_tab_is_refused_and_its_own_still_works()
    {
        var (first, second) = (_login.Begin(), _login.Begin());
        _login.Network.Answers(LoginFixture.TokenJson);

        Assert.False((await _login.Client.TryFinishOAuthAsync("the-code", first.State, second, TestContext.Current.CancellationToken)).Succeeded);
        Assert.True((await _login.Client.TryFinishOAuthAsync("the-code", second.State, second, TestContext.Current.CancellationToken)).Succeeded);
    }

    [Fact]
    public async Task The_whole_callback_address_will_do()
    {
        _login.Network.Answers(LoginFixture.TokenJson);
        var request = _login.Begin();

        var token = await _login.Client.FinishOAuthAsync(
            LoginFixture.Back($"code=the%2Dcode&state={request.State}"), request, TestContext.Current.CancellationToken);

        Assert.Equal("the-code", Assert.Single(_login.Network.Sent).Form["code"]);
        Assert.NotNull(token.RefreshToken);
    }

    [Fact]
    [Spec("RFC6749-4.1.2.1")]
    public async Task A_denied_consent_is_told_apart()
    {
        var request = _login.Begin();

        var refused = await Assert.ThrowsAsync<OAuthRefusedException>(() => _login.Client.FinishOAuthAsync(
            LoginFixture.Back($"error=access_denied&error_description=No+thanks&state={request.State}"), request, TestContext.Current.CancellationToken));

        Assert.Equal(OAuthRefusalKind.AccessDenied, refused.Refusal.Kind);
        Assert.Equal("No thanks", refused.Refusal.Description);
        Assert.Empty(_login.Network.Sent);
    }

    [Theory]
    [InlineData("", true, "a server that is not Linode's has to say who it is")]
    [InlineData("&iss=https%3A%2F%2Fevil.example", true, "another server")]
    [InlineData("&iss=https%3A%2F%2Flogin.example.com.evil.example", true, "only the beginning is right")]
    [InlineData("&iss=HTTPS%3A%2F%2Flogin.example.com", true, "compared as text")]
    [InlineData("&iss=https%3A%2F%2Flogin.example.com", false, "the right one")]
    [Spec("CL-02")]
    [Spec("RFC9207-2.4")]
    public async Task The_issuer_has_to_be_the_one_that_was_asked(string iss, bool refused, string why)
    {
        var login = new LoginFixture("https://login.example.com");
        login.Network.Answers(LoginFixture.TokenJson);
        var request = login.Begin();

        var result = await login.Client.TryFinishOAuthAsync(
            LoginFixture.Back($"code=the-code&state={request.State}{iss}"), request, TestContext.Current.CancellationToken);

        Assert.True(refused == (result.Refusal?.Kind == OAuthRefusalKind.WrongIssuer), why);
        Assert.Equal(refused ? 0 : 1, login.Network.Sent.Count);
    }

    [Theory]
    [InlineData("&code=another")]
    [InlineData("&state=another")]
    [InlineData("&iss=https%3A%2F%2Fa.example&iss=https%3A%2F%2Fb.example")]
    public async Task A_callback_that_says_a_thing_twice_is_refused(string more)
    {
        var request = _login.Begin();

        var result = await _login.Client.TryFinishOAuthAsync(
            LoginFixture.Back($"code=the-code&state={request.State}{more}"), request, TestContext.Current.CancellationToken);

        Assert.Equal("invalid_callback", result.Refusal?.Error);
        Assert.Empty(_login.Network.Sent);
    }

    [Fact]
    public async Task A_callback_without_a_code_is_refused()
    {
        var request = _login.Begin();

        var result = await _login.Client.TryFinishOAuthAsync(LoginFixture.Back($"state={request.State}"), request, TestContext.Current.CancellationToken);

        Assert.Equal("invalid_callback", result.Refusal?.Error);
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant","error_description":"Used."}""", 400, OAuthRefusalKind.LogInAgain)]
    [InlineData("""{"error":"invalid_client"}""", 401, OAuthRefusalKind.ClientRejected)]
    [InlineData("""{"errors":[{"reason":"Invalid code"}]}""", 400, OAuthRefusalKind.LogInAgain)]
    [InlineData("""{"errors":[{"reason":"Invalid client"}]}""", 401, OAuthRefusalKind.ClientRejected)]
    [InlineData("""{"error":"invalid_scope"}""", 400, OAuthRefusalKind.RequestRejected)]
    [Spec("RFC6749-5.2")]
    public async Task A_no_of_the_server_is_a_refusal(string json, int status, OAuthRefusalKind kind)
    {
        _login.Network.Answers(json, (HttpStatusCode)status);
        var request = _login.Begin();

        var result = await _login.Client.TryFinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken);

        Assert.Equal(kind, result.Refusal?.Kind);
        Assert.NotEmpty(result.Refusal!.Advice);
    }

    [Theory]
    [InlineData("<html>", 200, "a page")]
    [InlineData("<html>", 403, "a firewall's page")]
    [InlineData("null", 200, "nothing")]
    [InlineData("[]", 200, "a list")]
    [InlineData("{}", 200, "no token")]
    [InlineData("{}", 400, "no error")]
    [InlineData("""{"errors":[{"reason":"Not found"}]}""", 404, "the API, which has no such path")]
    [InlineData("""{"errors":[null]}""", 400, "an error that is none")]
    [InlineData("""{"access_token":"a","token_type":"mac","expires_in":1}""", 200, "another kind of token")]
    [InlineData("""{"access_token":"a","expires_in":1}""", 200, "no kind of token (RFC 6749 §5.1: required)")]
    [InlineData("""{"access_token":"a","token_type":"bearer","expires_in":-1}""", 200, "expired before it was made")]
    [InlineData("""{"access_token":"a","token_type":"bearer","scope":"a\"b"}""", 200, "no scope")]
    [InlineData("", 307, "a redirect, which would carry the code elsewhere")]
    [InlineData("", 302, "a redirect")]
    public async Task What_is_not_OAuth_says_so(string body, int status, string why)
    {
        _login.Network.Answers(body, (HttpStatusCode)status, ("Location", "https://evil.example/"));
        var request = _login.Begin();

        var failure = await Assert.ThrowsAsync<NotOAuthException>(() =>
            _login.Client.FinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken));

        Assert.True(failure.Message.Contains("base address", StringComparison.Ordinal), why);
        Assert.Single(_login.Network.Sent);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        _login.Network.Answers($$"""{"access_token":"{{new string('a', 1_000_000)}}","token_type":"bearer"}""");
        var request = _login.Begin();

        await Assert.ThrowsAsync<NotOAuthException>(() =>
            _login.Client.FinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [Spec("CL-11")]
    public async Task A_broken_network_is_not_a_refusal_and_a_code_is_sent_once_only(HttpRequestError error)
    {
        _login.Network.Breaks(error);
        var request = _login.Begin();

        var failure = await Assert.ThrowsAsync<OAuthUnreachableException>(() =>
            _login.Client.FinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken));

        Assert.Contains(error.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Single(_login.Network.Sent);
    }

    [Fact]
    public async Task A_server_in_trouble_is_unreachable_and_says_for_how_long()
    {
        for (var i = 0; i < 4; i++)
        {
            _login.Network.Answers("", HttpStatusCode.ServiceUnavailable, ("Retry-After", "7"));
        }

        var request = _login.Begin();
        var began = _login.Clock.GetUtcNow();

        var failure = await Assert.ThrowsAsync<OAuthUnreachableException>(() => _login.Clock.UntilDoneAsync(
            _login.Client.FinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken)));

        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
        Assert.Equal(4, _login.Network.Sent.Count);
        Assert.True(_login.Network.Sent[1].At - began >= TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":60,"scope":"domains:read_only"}""", "domains:read_only")]
    [InlineData("""{"access_token":"a","token_type":"bearer","expires_in":60,"scopes":"domains:read_only images:*"}""", "domains:read_only images:*")]
    [InlineData("""{"access_token":"a","token_type":"bearer","expires_in":60,"scopes":"*"}""", "*")]
    [InlineData("""{"access_token":"a","token_type":"bearer","expires_in":"60"}""", "*")]
    [InlineData("""{"access_token":"a","token_type":"bearer","expires_in":60,"scope":""}""", "")]
    [InlineData("""{"access_token":"a","token_type":"bearer","expires_in":60,"scope":"brand_new:read_only linodes:view","refresh_token":null,"x":[1]}""", "brand_new:read_only linodes:read_only")]
    public async Task Every_form_in_which_scopes_come_is_read(string json, string scopes)
    {
        _login.Network.Answers(json);
        var request = _login.Begin();

        var token = await _login.Client.FinishOAuthAsync("the-code", request.State, request, TestContext.Current.CancellationToken);

        Assert.Equal(ScopeSet.Parse(scopes), token.Scopes);
        Assert.Null(token.RefreshToken);
        Assert.Equal(_login.Clock.GetUtcNow().AddSeconds(60), token.ExpiresAt);
    }
}
