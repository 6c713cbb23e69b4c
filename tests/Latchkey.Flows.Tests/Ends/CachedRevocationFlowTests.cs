using Latchkey.AspNetCore;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.Tokens;
using Latchkey.Linode;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Flows.Tests.Ends;

public sealed class CachedRevocationFlowTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Fact, Spec("RA-10")]
    public async Task Where_an_API_caches_a_revoked_token_works_until_the_bound_and_not_a_moment_longer()
    {
        await using var scene = await StartAsync(Bound);
        var token = await LoggedInAsync(scene);
        scene.Clock.Advance(TimeSpan.FromSeconds(2));

        await scene.Sdk().ExpireTokenAsync(token.AccessToken);

        scene.Clock.Advance(TimeSpan.FromSeconds(2.9));
        await ListAsync(scene, token);
        scene.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await Dead.AssertAsync(scene, token);
    }

    [Fact, Spec("RA-10")]
    public async Task Where_none_was_asked_for_it_is_dead_at_the_next_request()
    {
        await using var scene = await StartAsync(TimeSpan.Zero);
        var token = await LoggedInAsync(scene);

        await scene.Sdk().ExpireTokenAsync(token.AccessToken);

        await Dead.AssertAsync(scene, token);
    }

    private static Task<Scene> StartAsync(TimeSpan cacheFor) => Scene.StartAsync(builder =>
        builder.Services.Configure<LatchkeyBearerOptions>(LatchkeyBearerDefaults.AuthenticationScheme, o => o.CacheFor = cacheFor));

    /// <summary>The API has seen the token.</summary>
    private static async Task<OAuthToken> LoggedInAsync(Scene scene)
    {
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        await ListAsync(scene, token);
        return token;
    }

    private static async Task ListAsync(Scene scene, OAuthToken token) =>
        Assert.Empty(await scene.Linode(token.AccessToken).Linodes.Instances.ListAsync().ToListAsync());
}
