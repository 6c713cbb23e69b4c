using System.Net;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.PersonalTokens;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Account.Tokens;

public sealed class TokenPagesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_made_with_what_was_chosen_and_nothing_more()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var form = (await browser.GetAsync("/account/tokens/new")).Form("/account/tokens")
            .Set("label", " deploy script ").Set("expiry", "30d")
            .Choose("scope-linodes", "read_write").Choose("scope-domains", "read_only");

        var answer = await browser.SubmitAsync(form);

        var token = Assert.Single(await host.Get<PersonalTokenStore>().ListAsync(user, Cancel));
        Assert.Equal("deploy script", token.Label);
        Assert.Equal(ScopeSet.Parse("linodes:read_write domains:read_only"), token.Scopes);
        Assert.Equal(host.Clock.GetUtcNow() + TimeSpan.FromDays(30), token.ExpiresAt);
        Assert.StartsWith(token.FirstCharacters, Shown(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_until_it_is_revoked()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var token = Shown(await CreateAsync(browser));
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(host, token));

        var revoke = (await browser.GetAsync("/account/tokens")).Page.QuerySelector("form[action$='/revoke']")!.GetAttribute("action");
        var answer = await browser.SubmitAsync((await browser.GetAsync("/account/tokens")).Form(revoke));

        Assert.Equal((HttpStatusCode.SeeOther, "/account/tokens"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(host, token));
        Assert.Null((await browser.GetAsync("/account/tokens")).Page.QuerySelector(".item"));
    }

    [Fact]
    public async Task The_token_is_shown_once_on_a_page_that_is_not_kept_and_lies_nowhere_else()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        var answer = await CreateAsync(browser);

        var token = Shown(answer);
        Assert.Contains("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer.Location);
        Assert.DoesNotContain(token, answer.Url.ToString());
        Assert.DoesNotContain(token, string.Concat(browser.Cookies.GetAllCookies().Select(c => c.Value)));
        Assert.DoesNotContain(token, host.Log.Text);
        var list = await browser.GetAsync("/account/tokens");
        Assert.DoesNotContain(token, list.Text);
        Assert.Contains(token[..16] + "…", list.Page.QuerySelector(".item code")!.TextContent);
    }

    [Fact]
    public async Task Full_access_without_an_end_is_a_choice_and_shows()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();

        await browser.SubmitAsync((await browser.GetAsync("/account/tokens/new")).Form("/account/tokens")
            .Set("label", "all").Set("expiry", "never").Tick("*"));

        var token = Assert.Single(await host.Get<PersonalTokenStore>().ListAsync(user, Cancel));
        Assert.True(token.Scopes.IsEverything);
        Assert.Null(token.ExpiresAt);
        Assert.Contains("Never expires", (await browser.GetAsync("/account/tokens")).Page.QuerySelector(".item")!.TextContent);
    }

    [Fact]
    public async Task An_expired_token_is_marked()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        await host.Get<PersonalTokenIssuing>().IssueAsync(user, "short", Scope.Everything, host.Clock.GetUtcNow().AddHours(1), Cancel);
        Assert.Null((await browser.GetAsync("/account/tokens")).Page.QuerySelector(".item .tag"));

        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Contains("Expired", (await browser.GetAsync("/account/tokens")).Page.QuerySelector(".item .tag")!.TextContent);
    }

    [Theory]
    [InlineData("label", "", "Give it a label")]
    [InlineData("label", "a\u202Eb", "The label may hold")]
    [InlineData("expiry", "9999d", "Choose when")]
    [InlineData("scope-linodes", "", "Choose at least one")]
    [InlineData("scope-linodes", "admin", "Choose at least one")]
    public async Task What_is_missing_or_made_up_is_told_and_nothing_is_made(string field, string value, string expected)
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var fields = new Dictionary<string, string> { ["label"] = "mine", ["expiry"] = "30d", ["scope-linodes"] = "read_only", [field] = value };

        var answer = await SendAsync(browser, fields);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(expected, answer.Page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Empty(await host.Get<PersonalTokenStore>().ListAsync(user, Cancel));
    }

    [Fact]
    public async Task A_label_has_a_bound()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(browser, Fields(new string('a', LabelRules.MaxLength)))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(browser, Fields(new string('a', LabelRules.MaxLength + 1)))).Status);
    }

    [Fact]
    public async Task One_person_can_keep_only_so_many()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<AccountOptions>(o => o.MaxTokens = 1));
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();
        await CreateAsync(browser);

        Assert.Equal(HttpStatusCode.BadRequest, (await CreateAsync(browser)).Status);
        Assert.Single(await host.Get<PersonalTokenStore>().ListAsync(user, Cancel));
    }

    [Fact]
    [Spec("LO-15")]
    public async Task Somebody_elses_token_is_not_found_and_lives_on()
    {
        await using var host = await LoginServerHost.StartAsync();
        var maria = await host.AddUserAsync();
        await host.AddUserAsync("eve");
        var token = Shown(await CreateAsync(await host.LogInAsync()));
        var id = Assert.Single(await host.Get<PersonalTokenStore>().ListAsync(maria, Cancel)).Id;
        var eve = await host.LogInAsync("eve");

        var page = await eve.GetAsync("/account/tokens/new");
        var answer = await eve.SubmitAsync(page.Form("/account/tokens").To($"/account/tokens/{id}/revoke"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(host, token));
        Assert.Null((await eve.GetAsync("/account/tokens")).Page.QuerySelector(".item"));
    }

    private static Dictionary<string, string> Fields(string label) =>
        new() { ["label"] = label, ["expiry"] = "30d", ["scope-account"] = "read_only" };

    private static Task<Answer> CreateAsync(Browser browser) => SendAsync(browser, new() { ["label"] = "mine", ["expiry"] = "180d", ["scope-account"] = "read_only" });

    private static async Task<Answer> SendAsync(Browser browser, Dictionary<string, string> fields)
    {
        var form = (await browser.GetAsync("/account/tokens/new")).Form("/account/tokens");
        foreach (var name in form.Fields.Select(f => f.Key).Where(n => n != "__RequestVerificationToken").Distinct())
        {
            form.Remove(name);
        }

        foreach (var (name, value) in fields)
        {
            form.Add(name, value);
        }

        return await browser.SubmitAsync(form);
    }

    private static string Shown(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Page.QuerySelector("#secret")!.TextContent;
    }

    private static async Task<HttpStatusCode> ProfileAsync(LoginServerHost host, string token) =>
        (await host.NewBrowser().SendAsync(HttpMethod.Get, "/v4/profile", null, ("Authorization", $"Bearer {token}"))).Status;
}
