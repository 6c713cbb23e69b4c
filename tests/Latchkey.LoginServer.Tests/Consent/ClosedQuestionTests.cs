using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Clients;
using static Latchkey.LoginServer.Tests.Consent.Asking;

namespace Latchkey.LoginServer.Tests.Consent;

/// <summary>Answers that come twice, too late, altered or from somebody else.</summary>
public sealed class ClosedQuestionTests
{
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
        Assert.Equal("/account", late.Page.QuerySelector("a.button")?.GetAttribute("href"));
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
    [Spec("AZ-49")]
    public async Task A_double_click_has_a_way_on_to_the_app()
    {
        await using var host = await LoginServerHost.StartAsync();
        var (browser, client) = await ReadyAsync(host);
        var form = (await AskAsync(browser, client)).Press("decision", "allow");
        await browser.SubmitAsync(form);

        var second = await browser.SubmitAsync(form);

        AssertClosed(second);
        var on = second.Page.QuerySelector("a.button")!;
        Assert.Equal("Go on to Install on Linode", on.TextContent);
        Assert.StartsWith(App.Callback, (await browser.GetAsync(on.GetAttribute("href")!)).Location);
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
}
