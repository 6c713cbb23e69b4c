using Latchkey.Core.Consent;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Consents;
using Microsoft.Playwright;

namespace Latchkey.Flows.Tests.InChromium;

/// <summary>A person's own pages, on a desktop and on a phone in the dark.</summary>
public sealed class AccountPagesTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory, Spec("LO-11")]
    [InlineData(1280, ColorScheme.Light, "account")]
    [InlineData(390, ColorScheme.Dark, "account-phone")]
    public async Task Every_page_is_accessible_fits_and_keeps_to_the_policy(int width, ColorScheme colours, string picture)
    {
        await using var scene = await Scene.StartAsync();
        await scene.Get<ConsentStore>().RecordAsync(
            scene.UserId,
            scene.App.Client.Id,
            ConsentPlace.Of(scene.App.Client.RedirectUris[0], null),
            ScopeSet.Parse("linodes:read_write stackscripts:read_only"),
            cancellationToken: TestContext.Current.CancellationToken);
        await using var visit = await chromium.VisitAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 844 },
            ColorScheme = colours,
        });
        var page = visit.Page;
        await page.GotoAsync($"{scene.LoginUrl}/account");
        await page.GetByLabel("Username").FillAsync(Scene.UserName);
        await page.GetByLabel("Password").FillAsync(Scene.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await visit.ArriveAsync($"{scene.LoginUrl}/account");
        await page.GetByText("Withdraw access").ClickAsync();
        await LookAsync(picture);

        await page.GotoAsync($"{scene.LoginUrl}/account/tokens/new");
        await LookAsync($"{picture}-token-form");
        await page.GetByLabel("Label").FillAsync("deploy script");
        await page.GetByRole(AriaRole.Group, new() { Name = "Linodes" }).GetByLabel("Read only").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Assertions.Expect(page.Locator("#secret")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^lkp[0-9a-f]{40,}$"));
        await LookAsync($"{picture}-token");
        await page.GetByRole(AriaRole.Link, new() { Name = "I have copied it" }).ClickAsync();
        await LookAsync($"{picture}-tokens");

        await page.GotoAsync($"{scene.LoginUrl}/account/clients/new");
        await LookAsync($"{picture}-app-form");
        await page.GetByLabel("Label").FillAsync("My app");
        await page.GetByLabel("Callback URLs").FillAsync("https://app.example/callback");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "I have copied it" }).ClickAsync();
        await page.GetByText("Delete the app").First.ClickAsync();
        await LookAsync($"{picture}-app");
        await page.GotoAsync($"{scene.LoginUrl}/account/password");
        await LookAsync($"{picture}-password");
        visit.AssertNoComplaints();

        async Task LookAsync(string name)
        {
            await Screenshots.TakeAsync(page, name);
            await visit.AssertAccessibleAsync();
            var actual = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(actual <= width, $"{name} is {actual} pixels wide.");
        }
    }
}
