using System.Net;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

public sealed class RefreshTests
{
    private readonly LoginFixture _login = new();

    [Fact]
    [Spec("RFC6749-6")]
    public async Task A_refresh_token_buys_a_new_pair()
    {
        _login.Network.Answers(LoginFixture.TokenJson);

        var token = await _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken);

        var form = Assert.Single(_login.Network.Sent).Form;
        Assert.Equal(("refresh_token", "old", "the-client", "the-secret"), (form["grant_type"], form["refresh_token"], form["client_id"], form["client_secret"]));
        Assert.Equal("lkr-refresh", token.RefreshToken?.Reveal());
    }

    [Fact]
    public async Task Without_a_refresh_token_nothing_is_sent()
    {
        var result = await _login.Client.TryRefreshOAuthTokenAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(OAuthRefusalKind.LogInAgain, result.Refusal?.Kind);
        Assert.Empty(_login.Network.Sent);
    }

    [Fact]
    public async Task A_dead_refresh_token_means_logging_in_again()
    {
        _login.Network.Answers("""{"error":"invalid_grant"}""", HttpStatusCode.BadRequest);

        var refused = await Assert.ThrowsAsync<OAuthRefusedException>(() =>
            _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken));

        Assert.Equal(OAuthRefusalKind.LogInAgain, refused.Refusal.Kind);
        Assert.Contains("log in again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Spec("CL-08")]
    public async Task A_lost_answer_is_asked_for_once_more_with_the_same_token()
    {
        _login.Network.Breaks().Answers(LoginFixture.TokenJson);

        await _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken);

        Assert.Equal(["old", "old"], _login.Network.Sent.Select(s => s.Form["refresh_token"]));
    }

    [Fact]
    [Spec("CL-08")]
    public async Task An_answer_lost_twice_means_logging_in_again_and_no_third_request()
    {
        _login.Network.Breaks().Breaks();

        var refused = await Assert.ThrowsAsync<OAuthRefusedException>(() =>
            _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken));

        Assert.Equal(OAuthRefusalKind.LogInAgain, refused.Refusal.Kind);
        Assert.Equal(2, _login.Network.Sent.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    public async Task A_server_that_was_not_reached_leaves_the_token_as_good_as_before(HttpRequestError error)
    {
        _login.Network.Breaks(error);

        await Assert.ThrowsAsync<OAuthUnreachableException>(() => _login.Clock.UntilDoneAsync(
            _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken)));

        Assert.Single(_login.Network.Sent);
    }

    [Fact]
    public async Task A_connection_that_is_reset_at_once_carried_nothing()
    {
        _login.Network.ResetsTheConnection();

        await Assert.ThrowsAsync<OAuthUnreachableException>(() => _login.Clock.UntilDoneAsync(
            _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken)));

        Assert.Single(_login.Network.Sent);
    }

    [Fact]
    [Spec("CL-08")]
    public async Task A_server_that_never_answers_is_given_up_and_asked_once_more()
    {
        _login.Network.Hangs().Answers(LoginFixture.TokenJson);

        var token = await _login.Clock.UntilDoneAsync(
            _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken));

        Assert.Equal("lka-access", token.AccessToken.Reveal());
        Assert.Equal(2, _login.Network.Sent.Count);
    }

    [Fact]
    public async Task A_caller_who_gives_up_hears_of_that_and_of_nothing_else()
    {
        _login.Network.Hangs();
        using var impatient = new CancellationTokenSource();

        var call = _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(_login.Network.Sent);
    }
}
