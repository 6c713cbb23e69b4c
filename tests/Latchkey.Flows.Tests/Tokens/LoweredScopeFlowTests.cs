using System.Net;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Flows.Tests.Tokens;

public sealed class LoweredScopeFlowTests
{
    [Fact, Spec("RA-02"), Spec("RFC6749-3.3")]
    public async Task A_scope_lowered_at_consent_is_what_the_app_is_told_and_what_the_API_holds_it_to()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.ReadWrite], null, "+linodes:read_only");
        var token = await scene.Sdk().FinishOAuthAsync(callback, request);

        Assert.Equal("linodes:read_only", token.Scopes.ToString());
        Assert.Empty(await scene.Linode(token.AccessToken).Linodes.Instances.ListAsync().ToListAsync());
        var refusal = await Assert.ThrowsAnyAsync<LinodeApiException>(
            () => scene.Linode(token.AccessToken).Linodes.Instances.CreateAsync(new CreateInstanceRequest { Region = "us-east", Type = "g6-nanode-1" }));
        Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
    }
}
