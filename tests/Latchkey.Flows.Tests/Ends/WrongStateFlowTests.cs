using Latchkey.Core.Grants;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.Ends;

public sealed class WrongStateFlowTests
{
    [Fact, Spec("CL-01")]
    public async Task A_callback_with_another_state_is_refused_before_any_token_request()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        var forged = new Uri(callback.AbsoluteUri.Replace(request.State, request.State[..^1] + "!", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<LinodeOAuthException>(() => scene.Sdk().FinishOAuthAsync(forged, request));
        Assert.Equal(GrantState.Pending, (await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).SingleAsync()).State);
        Assert.Equal(Scene.UserName, (await scene.Linode((await scene.Sdk().FinishOAuthAsync(callback, request)).AccessToken).Profile.GetAsync()).Username);
    }

    [Fact, Spec("CL-01")]
    public async Task Another_browsers_callback_opens_nothing_in_the_example_app()
    {
        await using var scene = await Scene.StartAsync();
        using var attacker = Scene.NewBrowser();
        var login = await attacker.SubmitAsync(await attacker.OpenAsync(scene.AppUrl));
        using var victim = Scene.NewBrowser();
        var page = await victim.OpenAsync($"{scene.AppUrl}/oauth/callback?code=lkc00&state=made-up&iss={Uri.EscapeDataString(scene.LoginUrl)}");
        Assert.StartsWith(scene.AppUrl, page.Url, StringComparison.Ordinal);
        Assert.Empty(await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).ToListAsync());
        Assert.NotNull(login.Html.QuerySelector("form"));
    }
}
