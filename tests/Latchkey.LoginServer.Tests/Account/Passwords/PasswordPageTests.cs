using System.Net;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Account.Passwords;

public sealed class PasswordPageTests
{
    private const string Cookie = "latchkey-login";
    private const string Wanted = "quiet river lamp 7";

    [Fact]
    [Spec("LO-14")]
    public async Task A_new_password_ends_the_other_sessions_and_is_the_only_one()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var other = await host.LogInAsync();
        var browser = await host.LogInAsync();

        var answer = await ChangeAsync(browser, LoginServerHost.Password, Wanted);

        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (answer.Status, answer.Location));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.GetAsync("/account")).Status);
        Assert.Equal("Log in", (await LoginServerHost.LogInAsync(host.NewBrowser())).Heading);
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser(), password: Wanted)).Status);
    }

    [Fact]
    [Spec("LO-06")]
    public async Task The_session_of_this_browser_is_a_new_one()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var before = browser.Cookie(Cookie)!;
        var copy = host.NewBrowser();
        copy.Cookies.Add(browser.Home, new Cookie(Cookie, before));

        await ChangeAsync(browser, LoginServerHost.Password, Wanted);

        Assert.NotEqual(before, browser.Cookie(Cookie));
        Assert.Equal(HttpStatusCode.SeeOther, (await copy.GetAsync("/account")).Status);
    }

    [Theory]
    [Spec("LG-12")]
    [InlineData("not the old password", Wanted, Wanted, "old password was not right")]
    [InlineData(LoginServerHost.Password, Wanted, Wanted + "x", "not the same both times")]
    [InlineData(LoginServerHost.Password, "short", "short", "at least 10 characters")]
    [InlineData(LoginServerHost.Password, "maria@example.org", "maria@example.org", "must not be the user name")]
    public async Task A_refusal_says_why_and_changes_nothing(string current, string wanted, string again, string expected)
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var other = await host.LogInAsync();
        var browser = await host.LogInAsync();

        var answer = await ChangeAsync(browser, current, wanted, again);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(expected, answer.Page.QuerySelector("[role=alert]")!.TextContent);
        Assert.DoesNotContain(wanted, answer.Text);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
    }

    [Fact]
    public async Task Guessing_with_a_stolen_session_is_slowed_as_logging_in_is()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<LoginThrottleOptions>(o => o.FailuresPerPeer = 2));
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        await ChangeAsync(browser, "guess number one", Wanted);
        await ChangeAsync(browser, "guess number two", Wanted);

        var answer = await ChangeAsync(browser, LoginServerHost.Password, Wanted);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.True(int.Parse(answer.Header("Retry-After")!) > 0);
    }

    [Fact]
    [Spec("LG-04")]
    public async Task Guessing_here_locks_the_login_page_too()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<LoginThrottleOptions>(o => o.FailuresPerAccount = 3));
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        for (var i = 0; i < 3; i++)
        {
            await ChangeAsync(browser, $"guess number {i}", Wanted);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await ChangeAsync(browser, LoginServerHost.Password, Wanted)).Status);
        Assert.Equal("Log in", (await LoginServerHost.LogInAsync(browser)).Heading);

        host.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.SeeOther, (await ChangeAsync(browser, LoginServerHost.Password, Wanted)).Status);
    }

    [Fact]
    [Spec("LG-04")]
    public async Task An_account_locked_at_the_login_page_is_locked_here_for_a_browser_nobody_knows()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<LoginThrottleOptions>(o => o.FailuresPerAccount = 3));
        await host.AddUserAsync();
        var thief = host.NewBrowser();
        thief.Cookies.Add(thief.Home, new Cookie(Cookie, (await host.LogInAsync()).Cookie(Cookie)!));
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/account/password")).Status);
        for (var i = 0; i < 3; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), password: $"guess number {i}");
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await ChangeAsync(thief, LoginServerHost.Password, Wanted)).Status);
        Assert.Equal("Log in", (await LoginServerHost.LogInAsync(host.NewBrowser(), password: Wanted)).Heading);
    }

    [Fact]
    [Spec("LG-12")]
    [Spec("LG-21")]
    public async Task Apps_and_tokens_keep_their_access_as_the_page_says()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var client = await host.AddClientAsync(new NewClient { Label = "Notes", RedirectUris = [App.Callback] });
        var consent = await browser.SubmitAsync((await browser.GetAsync(App.Authorize(client))).Form("/oauth/consent").Press("decision", "allow"));
        Assert.NotNull(consent.Parameter("code"));

        Assert.Contains("keep their access", (await browser.GetAsync("/account/password")).Text);
        await ChangeAsync(browser, LoginServerHost.Password, Wanted);

        Assert.Contains("Notes", (await browser.GetAsync("/account")).Text);
        var grant = Assert.Single(await host.Get<IGrantStore>().ListAsync(GrantFilter.All).ToListAsync());
        Assert.Equal(GrantState.Pending, grant.State);
    }

    private static async Task<Answer> ChangeAsync(Browser browser, string current, string wanted, string? again = null) =>
        await browser.SubmitAsync((await browser.GetAsync("/account/password")).Form("/account/password")
            .Set("current_password", current).Set("new_password", wanted).Set("new_password_again", again ?? wanted));
}
