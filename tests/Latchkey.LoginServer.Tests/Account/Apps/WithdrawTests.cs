using System.Net;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;

namespace Latchkey.LoginServer.Tests.Account.Apps;

public sealed class WithdrawTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Spec("LO-15")]
    public async Task An_allowed_app_is_listed_with_its_scopes_in_words_and_since_when()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        await AllowAsync(host, browser);

        var page = await browser.GetAsync("/account");

        var item = page.Page.QuerySelector("section[aria-labelledby=apps] .item")!;
        Assert.Equal("Install on Linode", item.QuerySelector("h3")!.TextContent);
        Assert.Contains("Create, change, reboot and delete your Linodes", item.TextContent);
        Assert.Contains("See your StackScripts", item.TextContent);
        Assert.Contains("1 March 2026", item.TextContent);
    }

    [Fact]
    [Spec("LO-15")]
    public async Task Withdrawing_ends_the_grants_at_once_and_the_app_has_to_ask_again()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var authorize = await AllowAsync(host, browser);
        var consent = Assert.Single(await host.Get<ConsentStore>().ListAsync(user, Cancel));

        var answer = await browser.SubmitAsync((await browser.GetAsync("/account")).Form($"/account/apps/{consent.Id}/withdraw"));

        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (answer.Status, answer.Location));
        Assert.All(await GrantsAsync(host, user), g => Assert.Equal(GrantState.Revoked, g.State));
        Assert.Null((await browser.GetAsync("/account")).Page.QuerySelector("section[aria-labelledby=apps] .item"));
        Assert.Equal("Install on Linode wants to use your Latchkey account", (await browser.GetAsync(authorize)).Heading);
    }

    [Fact]
    [Spec("LO-15")]
    public async Task Somebody_elses_app_is_not_found_and_stays()
    {
        await using var host = await LoginServerHost.StartAsync();
        var maria = await host.AddUserAsync();
        await host.AddUserAsync("eve");
        await AllowAsync(host, await host.LogInAsync());
        var consent = Assert.Single(await host.Get<ConsentStore>().ListAsync(maria, Cancel));
        var eve = await host.LogInAsync("eve");
        await AllowAsync(host, eve);

        var own = (await eve.GetAsync("/account")).Page.QuerySelector("form[action*=withdraw]")!.GetAttribute("action")!;
        var answer = await eve.SubmitAsync((await eve.GetAsync("/account")).Form(own).To($"/account/apps/{consent.Id}/withdraw"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Single(await host.Get<ConsentStore>().ListAsync(maria, Cancel));
        Assert.All(await GrantsAsync(host, maria), g => Assert.NotEqual(GrantState.Revoked, g.State));
    }

    [Fact]
    [Spec("LO-12")]
    public async Task Markup_in_a_label_is_text()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        await AllowAsync(host, browser, "<img src=x onerror=alert(1)>");

        var page = await browser.GetAsync("/account");

        Assert.Null(page.Page.QuerySelector("img"));
        Assert.Contains("<img src=x", page.Page.QuerySelector(".item h3")!.TextContent);
    }

    private static async Task<string> AllowAsync(LoginServerHost host, Browser browser, string label = "Install on Linode")
    {
        var client = await host.AddClientAsync(new NewClient { Label = label, RedirectUris = [App.Callback] });
        var url = App.Authorize(client);
        var allowed = await browser.SubmitAsync((await browser.GetAsync(url)).Form("/oauth/consent").Press("decision", "allow"));
        Assert.StartsWith(App.Callback, allowed.Location, StringComparison.Ordinal);
        return url;
    }

    private static async Task<IReadOnlyList<Grant>> GrantsAsync(LoginServerHost host, Guid user)
    {
        var grants = await host.Get<IGrantStore>().ListAsync(new GrantFilter { UserId = user }, Cancel).ToListAsync(Cancel);
        Assert.NotEmpty(grants);
        return grants;
    }
}
