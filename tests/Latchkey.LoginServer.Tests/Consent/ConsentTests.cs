using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;

namespace Latchkey.LoginServer.Tests.Consent;

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
    public async Task After_denying_going_back_and_allowing_is_too_late()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var page = await browser.GetAsync(App.Authorize(client));
        await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "deny"));

        AssertClosed(await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "allow")));
    }

    [Fact]
    [Spec("AZ-49")]
    public async Task After_allowing_going_back_and_denying_is_too_late()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var page = await browser.GetAsync(App.Authorize(client));
        await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "allow"));

        var late = await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "deny"));

        AssertClosed(late);
        Assert.DoesNotContain("Nothing was shared", late.Text);
        Assert.Equal(GrantState.Pending, (await OnlyGrantAsync(host)).State);
    }

    [Fact]
    [Spec("AZ-49")]
    public async Task Answering_twice_makes_one_code()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var form = (await AskAsync(browser, client)).Press("decision", "allow");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.SubmitAsync(form)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.SeeOther);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.SeeOther), AssertClosed);
        Assert.Single(await GrantsAsync(host));
    }

    [Fact]
    [Spec("AZ-29")]
    public async Task Fields_that_are_added_or_altered_widen_nothing()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var form = (await AskAsync(browser, client))
            .Add("scope", "*").Add("scope", "account:read_write").Add("redirect_uri", "https://evil.example/").Add("code_challenge", "");

        var answer = await browser.SubmitAsync(form.Press("decision", "allow"));

        Assert.StartsWith(App.Callback, answer.Location);
        var grant = await OnlyGrantAsync(host);
        Assert.Equal("linodes:read_write stackscripts:read_only", grant.Scopes.ToString());
        Assert.Equal(App.Challenge, grant.CodeChallenge!.Text);
    }

    [Fact]
    [Spec("AZ-29")]
    public async Task An_altered_ticket_is_refused_without_a_redirect()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var page = await browser.GetAsync(App.Authorize(client));
        var ticket = page.Page.QuerySelector("input[name=ticket]")!.GetAttribute("value")!;
        var middle = ticket.Length / 2;
        var altered = ticket[..middle] + (ticket[middle] == 'A' ? 'B' : 'A') + ticket[(middle + 1)..];

        AssertClosed(await browser.SubmitAsync(page.Form("/oauth/consent").Set("ticket", altered).Press("decision", "allow")));
        AssertClosed(await browser.SubmitAsync(page.Form("/oauth/consent").Remove("ticket").Press("decision", "allow")));
    }

    [Fact]
    [Spec("LO-08")]
    public async Task A_ticket_of_another_session_or_user_is_refused()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        await host.AddUserAsync("eve");
        var stolen = (await browser.GetAsync(App.Authorize(client))).Page.QuerySelector("input[name=ticket]")!.GetAttribute("value")!;

        foreach (var other in new[] { await host.LogInAsync("eve"), await host.LogInAsync() })
        {
            var form = (await AskAsync(other, client)).Set("ticket", stolen);
            AssertClosed(await other.SubmitAsync(form.Press("decision", "allow")));
        }
    }

    [Fact]
    [Spec("LO-08")]
    public async Task A_form_without_its_token_or_from_elsewhere_has_no_effect()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var page = await browser.GetAsync(App.Authorize(client));

        var bare = await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "allow").Remove("__RequestVerificationToken"));
        var crossSite = await browser.SubmitAsync(page.Form("/oauth/consent").Press("decision", "allow"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.BadRequest, bare.Status);
        Assert.Equal(HttpStatusCode.Forbidden, crossSite.Status);
        Assert.Empty(await GrantsAsync(host));
    }

    [Fact]
    public async Task A_question_left_lying_is_closed_after_ten_minutes()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var form = await AskAsync(browser, client);
        host.Clock.Advance(TimeSpan.FromMinutes(10));

        AssertClosed(await browser.SubmitAsync(form.Press("decision", "allow")));
    }

    [Fact]
    public async Task A_client_disabled_while_the_person_thought_gets_nothing()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var form = await AskAsync(browser, client);
        await host.Get<ClientStore>().SetStatusAsync(client.Id, ClientStatus.Disabled, TestContext.Current.CancellationToken);

        var answer = await browser.SubmitAsync(form.Press("decision", "allow"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
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

    private static async Task<(Browser Browser, Client Client)> ReadyAsync(LoginServerHost host)
    {
        await host.AddUserAsync();
        return (await host.LogInAsync(), await host.AddClientAsync());
    }

    private static async Task<PageForm> AskAsync(Browser browser, Client client) =>
        (await browser.GetAsync(App.Authorize(client))).Form("/oauth/consent");

    private static async Task<IReadOnlyList<Grant>> GrantsAsync(LoginServerHost host) => await host.Get<IGrantStore>()
        .ListAsync(GrantFilter.All, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<Grant> OnlyGrantAsync(LoginServerHost host) => Assert.Single(await GrantsAsync(host));

    private static void AssertClosed(Answer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(answer.Location);
        Assert.Equal("This question has been closed", answer.Heading);
    }
}
