using Latchkey.Core.Grants;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.InstallOnLinode;
using Latchkey.Linode;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.DeliberateFaults;

public sealed class WrongStateTests
{
    [Fact, Spec("CL-01")]
    public async Task The_SDK_refuses_and_asks_for_no_token()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.WrongState));
        using var browser = Scene.NewBrowser();
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        Assert.Contains("state=", callback.Query, StringComparison.Ordinal);
        Assert.Contains("code=", callback.Query, StringComparison.Ordinal);
        Assert.Contains("iss=", callback.Query, StringComparison.Ordinal);
        Assert.DoesNotContain(request.State, callback.Query, StringComparison.Ordinal);

        var result = await scene.Sdk().TryFinishOAuthAsync(callback, request);

        Assert.Equal(OAuthRefusalKind.WrongState, result.Refusal?.Kind);
        Assert.Equal(GrantState.Pending, (await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).SingleAsync()).State);
    }

    [Fact, Spec("CL-01")]
    public async Task A_form_that_carries_the_answer_has_another_state_too()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.WrongState));
        using var browser = Scene.NewBrowser();
        var request = scene.Sdk().GenerateLoginUrl([OAuthScopes.Linodes.View], new Uri(scene.Client.Client.RedirectUris[0]));
        var login = await browser.OpenAsync(request.Url.AbsoluteUri + "&response_mode=form_post");
        var consent = await browser.SubmitAsync(login, ("username", Scene.UserName), ("password", Scene.Password));

        var form = (await browser.ConsentAsync(consent, "allow")).Html;

        Assert.NotNull(form.QuerySelector("input[name=code]"));
        var state = form.QuerySelector("input[name=state]")?.GetAttribute("value");
        Assert.False(string.IsNullOrEmpty(state));
        Assert.NotEqual(request.State, state);
    }

    [Fact, Spec("CL-01")]
    public async Task The_example_app_says_that_the_login_is_not_its_own_and_asks_for_no_token()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.WrongState));
        using var browser = Scene.NewBrowser();

        var page = await browser.ConsentAsync(await scene.OrderAsync(browser), "allow");

        Assert.StartsWith(scene.AppUrl, page.Url, StringComparison.Ordinal);
        Assert.Contains("does not belong to an order", page.Text, StringComparison.Ordinal);
        Assert.Equal(GrantState.Pending, (await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).SingleAsync()).State);
    }
}
