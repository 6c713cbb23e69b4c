using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.InChromium;
using Microsoft.Playwright;

namespace Latchkey.CompatibilityTests.InChromium;

/// <summary>Whether a script of another origin may do all that Cloud Manager's does is for a browser to say.</summary>
public sealed class ManagerInChromiumTests(Parties parties, Chromium chromium) : IClassFixture<Parties>, IClassFixture<Chromium>
{
    [Fact, Spec("TK-46"), Spec("RA-14")]
    public async Task A_page_of_another_origin_logs_in_calls_and_logs_out()
    {
        await using var site = new ManagerSite();
        var client = await parties.RegisterAsync(site.Url + "/oauth/callback", @public: true);
        await site.StartAsync(parties.Login, parties.Api[..^"/v4".Length], client.Client.Id);
        await using var visit = await chromium.VisitAsync();
        var page = visit.Page;

        await page.GotoAsync(site.Url + "/linodes", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByLabel("Username").FillAsync(Scene.UserName);
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await Assertions.Expect(page.Locator("li").Last).ToHaveTextAsync("done");

        Assert.Equal(
            [
                "logged in for *, back to /linodes",
                "GET /v4/profile 200 *",
                "PUT /v4/profile/preferences 200 *",
                "GET /v4beta/account 200 *",
                "GET /v4/account/events 200 *",
                "GET /v4beta/linode/instances 200 *",
                "DELETE /v4/profile/tokens/987654321 404 *",
                "GET /v4/profile 401 unknown",
                "done",
            ],
            await page.Locator("li").AllTextContentsAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await visit.ArriveAsync(parties.Login + "/logout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("You are logged out");
        await page.GotoAsync(site.Url + "/linodes", new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }
}
