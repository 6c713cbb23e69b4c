using System.Net;
using Latchkey.LoginServer.Tests.Framework;

namespace Latchkey.LoginServer.Tests.Account.Sessions;

public sealed class SessionListTests
{
    [Fact]
    [Spec("LO-15")]
    public async Task Sessions_are_listed_and_this_one_is_marked()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        await host.LogInAsync();
        var browser = await host.LogInAsync();

        var items = (await browser.GetAsync("/account")).Page.QuerySelectorAll("section[aria-labelledby=sessions] .item");

        Assert.Equal(2, items.Length);
        Assert.Contains("This browser", items[0].TextContent);
        Assert.Null(items[0].QuerySelector("form"));
        Assert.DoesNotContain("This browser", items[1].TextContent);
        Assert.Contains("1 March 2026, 12:00 UTC", items[1].TextContent);
    }

    [Fact]
    [Spec("LO-15")]
    public async Task Ending_one_logs_that_browser_out_and_no_other()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var lost = await host.LogInAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var kept = await host.LogInAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var browser = await host.LogInAsync();
        var page = await browser.GetAsync("/account");
        var oldest = page.Page.QuerySelectorAll("form[action$='/end']")[^1].GetAttribute("action");

        var answer = await browser.SubmitAsync(page.Form(oldest));

        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (answer.Status, answer.Location));
        Assert.False(await IsLoggedInAsync(lost));
        Assert.True(await IsLoggedInAsync(kept));
        Assert.True(await IsLoggedInAsync(browser));
    }

    [Fact]
    [Spec("LO-15")]
    public async Task Ending_all_others_keeps_this_one()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var lost = await host.LogInAsync();
        var browser = await host.LogInAsync();

        var answer = await browser.SubmitAsync((await browser.GetAsync("/account")).Form("/account/sessions/end-others"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.False(await IsLoggedInAsync(lost));
        Assert.True(await IsLoggedInAsync(browser));
        Assert.Null((await browser.GetAsync("/account")).Page.QuerySelector("form[action='/account/sessions/end-others']"));
    }

    [Fact]
    [Spec("LO-15")]
    public async Task Somebody_elses_session_is_not_found_and_stays()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        await host.AddUserAsync("eve");
        var maria = await host.LogInAsync();
        var another = await host.LogInAsync();
        var hers = (await maria.GetAsync("/account")).Page.QuerySelector("form[action$='/end']")!.GetAttribute("action")!;
        await host.LogInAsync("eve");
        var eve = await host.LogInAsync("eve");
        var page = await eve.GetAsync("/account");
        var own = page.Page.QuerySelector("form[action$='/end']")!.GetAttribute("action");

        var answer = await eve.SubmitAsync(page.Form(own).To(hers));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.True(await IsLoggedInAsync(another));
    }

    private static async Task<bool> IsLoggedInAsync(Browser browser) => (await browser.GetAsync("/account")).Status == HttpStatusCode.OK;
}
