using System.Net;
using System.Text.RegularExpressions;
using Latchkey.Core.Grants;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.InstallOnLinode;

public sealed class HappyFlowTests
{
    [Fact, Spec("AZ-01"), Spec("CL-10")]
    public async Task A_visitor_orders_logs_in_agrees_and_sees_the_Linode_that_was_made()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var consent = await scene.OrderAsync(browser);
        Assert.Contains("Install on Linode wants to use your", consent.Text, StringComparison.Ordinal);
        Assert.Contains("localhost", consent.Text, StringComparison.Ordinal);

        var done = await browser.ConsentAsync(consent, "allow");

        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.StartsWith(scene.AppUrl, done.Url, StringComparison.Ordinal);
        var address = Regex.Match(done.Text, @"\d+\.\d+\.\d+\.\d+").Value;
        Assert.NotEmpty(address);

        // The Linode is really there, and belongs to the person who logged in.
        var token = await scene.LogInAsync(browser, [Scope.Parse("linodes:read_only")]);
        var made = await scene.Linode(token.AccessToken).Linodes.Instances.ListAsync().SingleAsync();
        Assert.Contains(address, made.IPv4);
        Assert.Contains(made.Label, done.Text, StringComparison.Ordinal);
    }

    [Fact, Spec("CL-10")]
    public async Task The_app_leaves_no_living_token_behind()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        await browser.ConsentAsync(await scene.OrderAsync(browser), "allow");
        var grants = await scene.Get<IGrantStore>().ListAsync(new GrantFilter { ClientId = scene.App.Client.Id }).ToListAsync();
        var grant = Assert.Single(grants);
        Assert.Equal(GrantState.Revoked, grant.State);
        Assert.Equal(RevocationReason.ClientRequest, grant.RevokedWhy);
    }

    [Fact, Spec("LO-16")]
    public async Task The_second_time_nothing_is_asked()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        await browser.ConsentAsync(await scene.OrderAsync(browser), "allow");
        var second = await browser.SubmitAsync(await browser.OpenAsync(scene.AppUrl));
        Assert.StartsWith(scene.AppUrl, second.Url, StringComparison.Ordinal);
        Assert.Matches(@"\d+\.\d+\.\d+\.\d+", second.Text);
    }
}
