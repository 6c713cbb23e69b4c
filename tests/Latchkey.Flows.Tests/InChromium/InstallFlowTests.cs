using Latchkey.Flows.Tests.Framework;
using Microsoft.Playwright;

namespace Latchkey.Flows.Tests.InChromium;

/// <summary>The journeys of <see cref="InstallOnLinode"/> once more, by hand and eye of a real browser.</summary>
public sealed class InstallFlowTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact, Spec("LO-11")]
    public async Task Happy_without_a_single_policy_violation_or_request_to_a_stranger()
    {
        await using var scene = await Scene.StartAsync();
        await using var visit = await chromium.VisitAsync();
        var page = visit.Page;
        await OrderAsync(scene, visit);
        await Screenshots.TakeAsync(page, "consent");

        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await visit.ArriveAsync($"{scene.AppUrl}/");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d+\.\d+\.\d+\.\d+"));
        await visit.AssertAccessibleAsync();
        visit.AssertNoComplaints();
        await Screenshots.TakeAsync(page, "installed");
    }

    [Fact, Spec("LO-11"), Spec("AZ-46")]
    public async Task Denied()
    {
        await using var scene = await Scene.StartAsync();
        await using var visit = await chromium.VisitAsync();
        await OrderAsync(scene, visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await visit.ArriveAsync($"{scene.AppUrl}/");
        await Assertions.Expect(visit.Page.Locator("body")).ToContainTextAsync("denied");
        await visit.AssertAccessibleAsync();
        visit.AssertNoComplaints();
    }

    [Fact, Spec("LO-11")]
    public async Task Partial_consent_on_a_phone_in_the_dark()
    {
        await using var scene = await Scene.StartAsync();
        await using var visit = await chromium.VisitAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            ColorScheme = ColorScheme.Dark,
        });
        await OrderAsync(scene, visit);
        var width = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= 390, $"The consent page is {width} pixels wide on a phone.");
        await visit.Page.Locator("input[name=scope][value='linodes:read_write']").UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await visit.ArriveAsync($"{scene.AppUrl}/");
        await Assertions.Expect(visit.Page.Locator("body")).ToContainTextAsync("nsufficient scopes");
        visit.AssertNoComplaints();
    }

    private static async Task OrderAsync(Scene scene, Visit visit)
    {
        var page = visit.Page;
        await page.GotoAsync(scene.AppUrl);
        await visit.AssertAccessibleAsync();
        await page.Locator("form button[type=submit]").ClickAsync();
        await visit.ArriveAsync($"{scene.LoginUrl}/login");
        await visit.AssertAccessibleAsync();
        await page.GetByLabel("Username").FillAsync(Scene.UserName);
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await visit.ArriveAsync($"{scene.LoginUrl}/oauth/authorize");
        await visit.AssertAccessibleAsync();
    }
}
