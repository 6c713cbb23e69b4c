using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;

namespace Latchkey.Flows.Tests.Tokens;

public sealed class RefreshFlowTests
{
    [Fact, Spec("TK-37")]
    public async Task An_app_whose_answer_was_lost_asks_again_and_gets_the_same_successor()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        var lost = await scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken);
        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        var again = await scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken);
        Assert.Equal(lost.RefreshToken, again.RefreshToken);
        Assert.Equal(lost.AccessToken, again.AccessToken);
        Assert.Empty(await scene.Linode(again.AccessToken).Linodes.Instances.ListAsync().ToListAsync());
    }

    [Fact, Spec("TK-30"), Spec("RFC9700-4.14.2")]
    public async Task A_refresh_token_used_again_after_the_window_ends_the_grant()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        var renewed = await scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken);
        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        var refusal = await Assert.ThrowsAsync<OAuthRefusedException>(() => scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken));
        Assert.Equal("invalid_grant", refusal.Refusal.Error);
        await Dead.AssertAsync(scene, renewed);
    }
}
