using System.Net;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

public sealed class ExpireTokenTests
{
    private readonly LoginFixture _login = new();

    [Fact]
    [Spec("RFC7009-2.1")]
    public async Task Logging_out_revokes_the_access_token()
    {
        _login.Network.Answers("");

        await _login.Client.ExpireTokenAsync(new AccessToken("lka-access"), TestContext.Current.CancellationToken);

        var sent = Assert.Single(_login.Network.Sent);
        Assert.Equal(new Uri("https://login.linode.com/oauth/revoke"), sent.Uri);
        Assert.Equal(
            ("lka-access", "access_token", "the-client", "the-secret"),
            (sent.Form["token"], sent.Form["token_type_hint"], sent.Form["client_id"], sent.Form["client_secret"]));
    }

    [Theory]
    [InlineData(1, "lka-access")]
    [InlineData(-1, "lkr-refresh")]
    public async Task Once_the_access_token_has_run_out_the_refresh_token_ends_the_rest(int hours, string revoked)
    {
        _login.Network.Answers("");
        var token = new OAuthToken(
            new AccessToken("lka-access"), OAuthScopes.All, _login.Clock.GetUtcNow().AddHours(hours), new RefreshToken("lkr-refresh"));

        await _login.Client.ExpireTokenAsync(token, TestContext.Current.CancellationToken);

        Assert.Equal(revoked, Assert.Single(_login.Network.Sent).Form["token"]);
    }

    [Fact]
    [Spec("CL-10")]
    public async Task A_token_that_may_still_live_is_never_reported_as_ended()
    {
        _login.Network.Breaks();
        await Assert.ThrowsAsync<OAuthUnreachableException>(() =>
            _login.Client.ExpireTokenAsync(new AccessToken("a"), TestContext.Current.CancellationToken));

        _login.Network.Answers("""{"error":"unauthorized_client"}""", HttpStatusCode.BadRequest);
        await Assert.ThrowsAsync<OAuthRefusedException>(() =>
            _login.Client.ExpireTokenAsync(new AccessToken("a"), TestContext.Current.CancellationToken));

        _login.Network.Answers("<html>blocked</html>", HttpStatusCode.Forbidden);
        await Assert.ThrowsAsync<NotOAuthException>(() =>
            _login.Client.ExpireTokenAsync(new AccessToken("a"), TestContext.Current.CancellationToken));
    }
}
