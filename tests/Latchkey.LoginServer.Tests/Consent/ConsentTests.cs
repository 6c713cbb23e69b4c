using System.Net;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using static Latchkey.LoginServer.Tests.Consent.Asking;

namespace Latchkey.LoginServer.Tests.Consent;

/// <summary>What the page says, and what the answer grants.</summary>
public sealed class ConsentTests
{
    [Fact]
    [Spec("LO-17")]
    public async Task The_page_says_who_asks_for_what_where_and_for_how_long()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();

        var page = await browser.GetAsync(App.Authorize(client, ("scope", "linodes:read_write stackscripts:read_only offline_access")));

        var text = page.Page.QuerySelector("main")!.TextContent;
        Assert.Contains("Install on Linode wants to use your Latchkey account", page.Heading);
        Assert.Contains("maria", text);
        Assert.Contains("Unverified app", text);
        Assert.Contains("app.example", text);
        Assert.Contains("Create, change, reboot and delete your Linodes", text);
        Assert.Contains("See your StackScripts", text);
        Assert.Contains("Keep its access when you are not using it", text);
        Assert.Contains("2 hours at a time; the app can renew it for up to 365 days", text);
        Assert.Equal(
            ["offline_access", "linodes:read_write", "stackscripts:read_only"],
            page.Form("/oauth/consent").Fields.Where(f => f.Key == "scope").Select(f => f.Value));
        Assert.Contains("form-action 'self' https://app.example", page.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task What_is_left_ticked_is_granted()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);

        await browser.SubmitAsync((await AskAsync(browser, client)).Untick("stackscripts:read_only").Press("decision", "allow"));

        Assert.Equal("linodes:read_write", (await OnlyGrantAsync(host)).Scopes.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reading_only_can_be_chosen_instead(bool fullBoxLeftTicked)
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var form = (await AskAsync(browser, client)).Tick("linodes:read_only");

        await browser.SubmitAsync((fullBoxLeftTicked ? form : form.Untick("linodes:read_write")).Press("decision", "allow"));

        Assert.Equal("linodes:read_only stackscripts:read_only", (await OnlyGrantAsync(host)).Scopes.ToString());
    }

    [Fact]
    public async Task Unticking_everything_grants_nothing_and_is_no_error()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);

        var answer = await browser.SubmitAsync(
            (await AskAsync(browser, client)).Untick("linodes:read_write").Untick("stackscripts:read_only").Press("decision", "allow"));

        Assert.NotNull(answer.Parameter("code"));
        Assert.True((await OnlyGrantAsync(host)).Scopes.IsEmpty);
    }

    [Fact]
    public async Task Choosing_less_than_before_is_remembered()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        await browser.SubmitAsync((await AskAsync(browser, client)).Press("decision", "allow"));

        var again = await browser.GetAsync(App.Authorize(client, ("prompt", "consent")));
        await browser.SubmitAsync(again.Form("/oauth/consent").Tick("linodes:read_only").Press("decision", "allow"));

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(App.Authorize(client))).Status);
    }

    [Fact]
    public async Task What_was_granted_before_is_named_and_not_asked_again()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        await browser.SubmitAsync((await AskAsync(browser, client)).Press("decision", "allow"));

        var page = await browser.GetAsync(App.Authorize(client, ("scope", "linodes:read_write domains:read_only")));

        Assert.Equal(["domains:read_only"], page.Form("/oauth/consent").Fields.Where(f => f.Key == "scope").Select(f => f.Value));
        Assert.Contains("You allowed it before to", page.Text);
        var answer = await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "allow"));
        Assert.NotNull(answer.Parameter("code"));
        Assert.Contains(await GrantsAsync(host), g => g.Scopes.ToString() == "domains:read_only linodes:read_write");
    }

    [Fact]
    [Spec("AZ-46")]
    public async Task Denying_tells_the_client_and_remembers_nothing()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();
        var form = await AskAsync(browser, client);

        var answer = await browser.SubmitAsync(form.Press("decision", "deny"));

        Assert.Equal("access_denied", answer.Parameter("error"));
        Assert.Equal(App.State, answer.Parameter("state"));
        Assert.Equal(host.Issuer, answer.Parameter("iss"));
        Assert.Empty(await host.Get<ConsentStore>().ListAsync(user, TestContext.Current.CancellationToken));
        Assert.Empty(await GrantsAsync(host));
    }

    [Fact]
    [Spec("LX-03")]
    public async Task Consent_is_recorded()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        await browser.SubmitAsync((await AskAsync(browser, client)).Press("decision", "allow"));

        var events = await host.Get<AuditLog>().ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        var given = Assert.Single(events, e => e.Kind == AuditKinds.ConsentGiven);
        Assert.Equal(client.Id, given.ClientId);
        Assert.Equal("linodes:read_write stackscripts:read_only", given.Detail);
        Assert.Equal(given.GrantId, Assert.Single(events, e => e.Kind == AuditKinds.GrantIssued).GrantId);
    }

    [Fact]
    [Spec("LO-12")]
    [Spec("RG-05")]
    public async Task Markup_in_a_label_stays_text()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        const string Label = "<script>alert(1)</script>\"'\u202Egnp";
        var client = await host.AddClientAsync(new NewClient { Label = Label, RedirectUris = [App.Callback] });
        var browser = await host.LogInAsync();

        var page = await browser.GetAsync(App.Authorize(client));

        Assert.Empty(page.Page.Scripts);
        Assert.Equal(Label, page.Page.QuerySelector("h1 bdi")!.TextContent);
    }
}
