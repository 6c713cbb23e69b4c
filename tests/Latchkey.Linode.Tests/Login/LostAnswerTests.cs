using System.Net;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

/// <summary>A refresh whose answer gets lost is repeated while the server still knows what it answered: ten seconds at Latchkey.</summary>
public sealed class LostAnswerTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly LoginFixture _login = new();

    [Fact]
    [Spec("CL-08")]
    public async Task An_answer_that_does_not_come_is_asked_for_again_after_four_seconds()
    {
        var sent = new TaskCompletionSource();
        _login.Network.Hangs(sent).Answers(LoginFixture.TokenJson);

        var call = RefreshAsync();
        await sent.Task;
        _login.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("lka-access", (await call.WaitAsync(Hang, TestContext.Current.CancellationToken)).AccessToken.Reveal());
    }

    [Fact]
    [Spec("CL-08")]
    public async Task A_body_that_stalls_is_an_answer_that_does_not_come()
    {
        var body = new StalledBody();
        _login.Network.Does(_ => Task.FromResult(new HttpResponseMessage { Content = body })).Answers(LoginFixture.TokenJson);

        var call = RefreshAsync();
        await body.Begun;
        _login.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("lka-access", (await call.WaitAsync(Hang, TestContext.Current.CancellationToken)).AccessToken.Reveal());
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task What_a_proxy_lost_is_asked_for_again_at_once(HttpStatusCode status)
    {
        _login.Network.Answers("<html>", status).Answers(LoginFixture.TokenJson);

        Assert.Equal("lka-access", (await RefreshAsync()).AccessToken.Reveal());
    }

    [Fact]
    public async Task A_proxy_that_says_so_twice_is_no_reason_to_log_in_again()
    {
        _login.Network.Answers("<html>", HttpStatusCode.BadGateway).Answers("<html>", HttpStatusCode.BadGateway);

        Assert.Equal(HttpStatusCode.BadGateway, (await Assert.ThrowsAsync<OAuthUnreachableException>(RefreshAsync)).Status);
    }

    [Fact]
    public async Task A_server_in_trouble_is_not_asked_again_at_once()
    {
        _login.Network.Answers("{}", HttpStatusCode.InternalServerError);

        await Assert.ThrowsAsync<OAuthUnreachableException>(RefreshAsync);
        Assert.Single(_login.Network.Sent);
    }

    private Task<OAuthToken> RefreshAsync() =>
        _login.Client.RefreshOAuthTokenAsync(new RefreshToken("old"), TestContext.Current.CancellationToken);
}
