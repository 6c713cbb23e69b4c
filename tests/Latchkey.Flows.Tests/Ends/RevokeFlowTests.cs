using Latchkey.Core.Clients;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.Tokens;
using Latchkey.Linode;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;

namespace Latchkey.Flows.Tests.Ends;

public sealed class RevokeFlowTests
{
    [Fact, Spec("RV-01")]
    public async Task An_app_that_expires_its_token_ends_it_everywhere_at_once()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        Assert.Empty(await scene.Linode(token.AccessToken).Linodes.Instances.ListAsync().ToListAsync());
        await scene.Sdk().ExpireTokenAsync(token.AccessToken);
        await Dead.AssertAsync(scene, token);
    }

    [Theory, Spec("RV-09"), Spec("TK-41")]
    [InlineData("disabled client")]
    [InlineData("disabled user")]
    [InlineData("withdrawn consent")]
    public async Task Who_or_whatever_ends_it_the_next_request_knows(string what)
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        var consents = scene.Get<ConsentStore>();
        Assert.True(what switch
        {
            "disabled client" => await scene.Get<ClientStore>().SetStatusAsync(scene.Client.Client.Id, ClientStatus.Disabled),
            "disabled user" => await scene.Get<AccountStore>().DisableAsync(scene.UserId),
            _ => await consents.WithdrawAsync((await consents.ListAsync(scene.UserId)).Single().Id, scene.UserId),
        });
        await Dead.AssertAsync(scene, token);
    }
}
