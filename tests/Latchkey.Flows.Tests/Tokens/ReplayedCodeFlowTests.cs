using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;

namespace Latchkey.Flows.Tests.Tokens;

public sealed class ReplayedCodeFlowTests
{
    [Fact, Spec("TK-18"), Spec("RFC6749-4.1.2")]
    public async Task A_code_brought_twice_ends_what_it_issued()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        var token = await scene.Sdk().FinishOAuthAsync(callback, request);
        await Assert.ThrowsAsync<OAuthRefusedException>(() => scene.Sdk().FinishOAuthAsync(callback, request));
        await Dead.AssertAsync(scene, token);
    }

    [Fact, Spec("TK-24"), Spec("TK-25")]
    public async Task A_thief_without_the_verifier_neither_gets_in_nor_breaks_anything()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        var another = scene.Sdk().GenerateLoginUrl([OAuthScopes.Linodes.View], request.RedirectUri);
        var forged = new LoginRequest(request.Url, request.State, another.CodeVerifier, request.Scopes, request.RedirectUri);
        await Assert.ThrowsAsync<OAuthRefusedException>(() => scene.Sdk().FinishOAuthAsync(callback, forged));
        var token = await scene.Sdk().FinishOAuthAsync(callback, request);
        await Assert.ThrowsAsync<OAuthRefusedException>(() => scene.Sdk().FinishOAuthAsync(callback, forged));
        Assert.Equal(Scene.UserName, (await scene.Linode(token.AccessToken).Profile.GetAsync()).Username);
    }
}
