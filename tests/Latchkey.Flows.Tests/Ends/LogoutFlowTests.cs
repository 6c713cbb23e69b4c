using System.Net;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.InstallOnLinode;

namespace Latchkey.Flows.Tests.Ends;

public sealed class LogoutFlowTests
{
    [Fact, Spec("LO-05")]
    public async Task After_logging_out_the_login_page_comes_again_even_with_the_old_cookie()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        await browser.ConsentAsync(await scene.OrderAsync(browser), "allow");
        using var thief = Scene.NewBrowser();
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
        {
            thief.Cookies.Add(new Uri(scene.LoginUrl), new Cookie(cookie.Name, cookie.Value));
        }

        await browser.SubmitAsync(await browser.OpenAsync($"{scene.LoginUrl}/logout"));

        foreach (var visitor in (Browser[])[browser, thief])
        {
            var page = await visitor.SubmitAsync(await visitor.OpenAsync(scene.AppUrl));
            Assert.StartsWith($"{scene.LoginUrl}/login", page.Url, StringComparison.Ordinal);
        }
    }
}
