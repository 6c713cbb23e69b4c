using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.InstallOnLinode;
using Latchkey.Storage.Clients;

namespace Latchkey.Flows.Tests.Ends;

public sealed class DisabledClientFlowTests
{
    [Fact, Spec("AZ-51")]
    public async Task A_disabled_apps_users_are_told_and_sent_nowhere()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        await scene.Get<ClientStore>().SetStatusAsync(scene.App.Client.Id, ClientStatus.Disabled);
        var page = await browser.SubmitAsync(await browser.OpenAsync(scene.AppUrl));
        Assert.StartsWith(scene.LoginUrl, page.Url, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Null(page.Location);
        Assert.Contains("disabled", page.Text, StringComparison.Ordinal);
    }

    [Fact, Spec("AZ-51")]
    public async Task An_app_disabled_while_its_user_reads_gets_no_code()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var consent = await scene.OrderAsync(browser);
        await scene.Get<ClientStore>().SetStatusAsync(scene.App.Client.Id, ClientStatus.Disabled);
        var page = await browser.ConsentAsync(consent, "allow");
        Assert.StartsWith(scene.LoginUrl, page.Url, StringComparison.Ordinal);
        Assert.InRange((int)page.Status, 400, 499);
    }
}
