using System.Net;
using Latchkey.Flows.Tests.Framework;
using Latchkey.LoginServer.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Flows.Tests.Account;

/// <summary>Over PostgreSQL each attempt meets another node than the one before.</summary>
public sealed class GuessingFlowTests
{
    [Fact, Spec("AV-01")]
    public async Task Whoever_guesses_at_one_node_has_to_wait_at_all()
    {
        await using var scene = await StartAsync(o => (o.FailuresPerPeer, o.PeerRecovery) = (4, TimeSpan.FromHours(1)));
        using var browser = Scene.NewBrowser();
        var page = await FailAsync(browser, await browser.OpenAsync(scene.LoginUrl + "/login"), times: 4);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await LogInAsync(browser, page)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await LogInAsync(browser, page)).Status);

        // One failure is given back, and one attempt with it.
        scene.Clock.Advance(TimeSpan.FromHours(1));
        page = await FailAsync(browser, page, times: 1);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await LogInAsync(browser, page)).Status);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        AssertIsIn(await LogInAsync(browser, page));
    }

    [Fact, Spec("LG-05")]
    public async Task A_known_browser_that_guesses_is_locked_on_every_node()
    {
        await using var scene = await StartAsync(o => o.FailuresPerAccount = 4);
        using var browser = Scene.NewBrowser();
        AssertIsIn(await LogInAsync(browser, await browser.OpenAsync(scene.LoginUrl + "/login")));
        var page = await FailAsync(browser, await browser.OpenAsync(scene.LoginUrl + "/login"), times: 4);

        Assert.EndsWith("/login", (await LogInAsync(browser, page)).Url, StringComparison.Ordinal);
        Assert.EndsWith("/login", (await LogInAsync(browser, page)).Url, StringComparison.Ordinal);

        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        AssertIsIn(await LogInAsync(browser, page));
    }

    private static Task<Scene> StartAsync(Action<LoginThrottleOptions> throttle) => Scene.StartAsync(builder =>
        builder.Services.Configure<LoginThrottleOptions>(options =>
        {
            options.FailureTime = TimeSpan.Zero;
            throttle(options);
        }));

    private static async Task<WebPage> FailAsync(Browser browser, WebPage page, int times)
    {
        for (var i = 0; i < times; i++)
        {
            page = await browser.SubmitAsync(page, ("username", Scene.UserName), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.OK, page.Status);
        }

        return page;
    }

    private static Task<WebPage> LogInAsync(Browser browser, WebPage page) =>
        browser.SubmitAsync(page, ("username", Scene.UserName), ("password", Scene.Password));

    private static void AssertIsIn(WebPage page) => Assert.EndsWith("/", page.Url, StringComparison.Ordinal);
}
