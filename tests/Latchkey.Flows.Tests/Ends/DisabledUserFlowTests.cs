using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.InstallOnLinode;
using Latchkey.Storage.Accounts;

namespace Latchkey.Flows.Tests.Ends;

public sealed class DisabledUserFlowTests
{
    [Fact, Spec("LO-14")]
    public async Task A_disabled_users_session_is_dead_at_the_next_request_and_logging_in_fails()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var consent = await scene.OrderAsync(browser);
        await scene.Get<AccountStore>().DisableAsync(scene.UserId);
        var refused = await browser.ConsentAsync(consent, "allow");
        Assert.StartsWith(scene.LoginUrl, refused.Url, StringComparison.Ordinal);

        var login = await browser.SubmitAsync(await browser.OpenAsync(scene.AppUrl));
        Assert.StartsWith($"{scene.LoginUrl}/login", login.Url, StringComparison.Ordinal);
        var again = await browser.SubmitAsync(login, ("username", Scene.UserName), ("password", Scene.Password));
        Assert.Contains("That did not work", again.Text, StringComparison.Ordinal);
    }
}
