using Latchkey.Flows.Tests.Framework;

namespace Latchkey.Flows.Tests.InstallOnLinode;

/// <summary>The visitor's way through the example app, up to the consent page.</summary>
internal static class Shop
{
    public static async Task<WebPage> OrderAsync(this Scene scene, Browser browser)
    {
        var login = await browser.SubmitAsync(await browser.OpenAsync(scene.AppUrl));
        Assert.StartsWith($"{scene.LoginUrl}/login", login.Url, StringComparison.Ordinal);
        var consent = await browser.SubmitAsync(login, ("username", Scene.UserName), ("password", Scene.Password));
        Assert.StartsWith($"{scene.LoginUrl}/oauth/authorize", consent.Url, StringComparison.Ordinal);
        return consent;
    }
}
