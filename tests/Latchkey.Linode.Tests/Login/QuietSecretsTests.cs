using System.Net;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

[Spec("CL-09")]
public sealed class QuietSecretsTests
{
    private const string Canary = "canary0123456789";

    [Fact]
    public void Nothing_that_holds_a_secret_prints_it()
    {
        Assert.True(CodeVerifier.TryParse(new string('c', 43), out var verifier));
        var request = new LoginRequest(new Uri("https://login.example/?state=" + Canary), Canary, verifier!, OAuthScopes.All);
        var token = new OAuthToken(new AccessToken(Canary), OAuthScopes.All, default, new RefreshToken(Canary));
        var create = new CreateInstanceRequest
        {
            Region = "r",
            Type = "t",
            RootPassword = new RootPassword(Canary),
            StackScriptData = new Dictionary<string, string> { ["password"] = Canary },
        };

        foreach (var text in new[] { request.ToString(), token.ToString(), create.ToString(), new CreatedInstance(new Instance(), create.RootPassword).ToString() })
        {
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
            Assert.DoesNotContain(verifier!.Reveal(), text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("not json " + Canary, 200)]
    [InlineData("""{"access_token":"canary0123456789","token_type":"mac"}""", 200)]
    [InlineData("canary0123456789", 400)]
    [InlineData("canary0123456789", 500)]
    public async Task No_exception_holds_one(string body, int status)
    {
        var login = new LoginFixture(secret: Canary);
        for (var i = 0; i < 8; i++)
        {
            login.Network.Answers(body, (HttpStatusCode)status);
        }

        var failure = await Record.ExceptionAsync(() => login.Clock.UntilDoneAsync(
            login.Client.RefreshOAuthTokenAsync(new RefreshToken(Canary), TestContext.Current.CancellationToken)));

        Assert.NotNull(failure);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_goes_into_an_address()
    {
        var login = new LoginFixture(secret: Canary);
        login.Network.Answers(LoginFixture.TokenJson).Answers(LoginFixture.TokenJson).Answers("");
        var request = login.Begin();

        await login.Client.FinishOAuthAsync(Canary, request.State, request, TestContext.Current.CancellationToken);
        await login.Client.RefreshOAuthTokenAsync(new RefreshToken(Canary), TestContext.Current.CancellationToken);
        await login.Client.ExpireTokenAsync(new AccessToken(Canary), TestContext.Current.CancellationToken);

        Assert.All(login.Network.Sent, s => Assert.Equal("", s.Uri.Query));
        Assert.DoesNotContain(Canary, request.Url.AbsoluteUri, StringComparison.Ordinal);
    }
}
