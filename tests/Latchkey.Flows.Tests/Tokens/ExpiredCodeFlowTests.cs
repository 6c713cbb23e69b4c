using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;

namespace Latchkey.Flows.Tests.Tokens;

public sealed class ExpiredCodeFlowTests
{
    [Fact, Spec("TK-27")]
    public async Task A_code_brought_too_late_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        var refusal = await Assert.ThrowsAsync<OAuthRefusedException>(() => scene.Sdk().FinishOAuthAsync(callback, request));
        Assert.Equal("invalid_grant", refusal.Refusal.Error);
    }
}
