using System.Net;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Tests.Framework;
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

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ChangeAsync(browser, LoginServerHost.Password, Wanted)).Status);
    }

    private static async Task<Answer> ChangeAsync(Browser browser, string current, string wanted, string? again = null) =>
        await browser.SubmitAsync((await browser.GetAsync("/account/password")).Form("/account/password")
            .Set("current_password", current).Set("new_password", wanted).Set("new_password_again", again ?? wanted));
}
