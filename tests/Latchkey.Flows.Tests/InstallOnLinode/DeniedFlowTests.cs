using Latchkey.Flows.Tests.Framework;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.InstallOnLinode;

public sealed class DeniedFlowTests
{
    [Fact, Spec("AZ-46")]
    public async Task A_visitor_who_denies_is_told_so_by_the_app_and_nothing_is_kept()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var page = await browser.ConsentAsync(await scene.OrderAsync(browser), "deny");
        Assert.StartsWith(scene.AppUrl, page.Url, StringComparison.Ordinal);
        Assert.Contains("denied", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await scene.Get<ConsentStore>().ListAsync(scene.UserId));
        Assert.Empty(await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).ToListAsync());
    }
}
