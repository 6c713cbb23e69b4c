using Latchkey.Core.Grants;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.InstallOnLinode;

public sealed class PartialConsentFlowTests
{
    [Fact]
    public async Task A_visitor_who_unticks_what_the_app_needs_is_told_what_is_missing()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var page = await browser.ConsentAsync(await scene.OrderAsync(browser), "allow", "linodes:read_write");
        await AssertInsufficientAsync(scene, page);
    }

    [Fact]
    public async Task So_is_a_visitor_who_lowers_it_to_read_only()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var page = await browser.ConsentAsync(await scene.OrderAsync(browser), "allow", "+linodes:read_only");
        await AssertInsufficientAsync(scene, page);
        var grant = await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).SingleAsync();
        Assert.Equal("linodes:read_only stackscripts:read_only", grant.Scopes.ToString());
    }

    [Fact]
    public async Task And_a_visitor_who_unticks_everything()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var page = await browser.ConsentAsync(await scene.OrderAsync(browser), "allow", "linodes:read_write", "stackscripts:read_only");
        await AssertInsufficientAsync(scene, page);
    }

    private static async Task AssertInsufficientAsync(Scene scene, WebPage page)
    {
        Assert.StartsWith(scene.AppUrl, page.Url, StringComparison.Ordinal);
        Assert.Contains("insufficient scopes", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("linodes:read_write", page.Text, StringComparison.Ordinal);

        // The app has no use for the token, and says so to the login server.
        var grant = await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).SingleAsync();
        Assert.Equal(GrantState.Revoked, grant.State);
    }
}
