using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;

namespace Latchkey.Flows.Tests.Tokens;

public sealed class RaceFlowTests
{
    [Fact, Spec("TK-21")]
    public async Task Of_fifty_redemptions_over_real_HTTP_one_wins_and_what_it_won_dies()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => scene.Sdk().TryFinishOAuthAsync(callback, request))));
        var won = Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal("invalid_grant", r.Refusal!.Error));
        await Dead.AssertAsync(scene, won.Token!);
    }

    [Fact, Spec("TK-34")]
    public async Task Fifty_refreshes_over_real_HTTP_pass_one_generation()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        var renewed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken))));
        var successor = Assert.Single(renewed.Select(r => r.RefreshToken!.Reveal()).Distinct());
        Assert.NotEqual(token.RefreshToken!.Reveal(), successor);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await scene.Sdk().RefreshOAuthTokenAsync(renewed[0].RefreshToken);
        Assert.Empty(await scene.Linode(next.AccessToken).Linodes.Instances.ListAsync().ToListAsync());
    }
}
