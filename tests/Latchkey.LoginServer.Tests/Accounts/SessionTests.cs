using System.Net;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Accounts;

namespace Latchkey.LoginServer.Tests.Accounts;

public sealed class SessionTests
{
    private const string Cookie = "latchkey-login";

    [Fact]
    [Spec("LO-05")]
    public async Task A_cookie_copied_before_logout_opens_nothing_after_it()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var copy = host.NewBrowser();
        copy.Cookies.Add(browser.Home, new Cookie(Cookie, browser.Cookie(Cookie)));
        Assert.True(await IsLoggedInAsync(copy));

        await browser.SubmitAsync((await browser.GetAsync("/logout")).Form("/logout"));

        Assert.False(await IsLoggedInAsync(copy));
        Assert.False(await IsLoggedInAsync(browser));
    }

    [Fact]
    [Spec("LO-06")]
    public async Task Every_login_makes_a_session_of_its_own_and_ends_the_one_before()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        var first = browser.Cookie(Cookie);
        var planted = host.NewBrowser();
        planted.Cookies.Add(browser.Home, new Cookie(Cookie, first));

        await LoginServerHost.LogInAsync(browser);

        Assert.NotEqual(first, browser.Cookie(Cookie));
        Assert.True(await IsLoggedInAsync(browser));
        Assert.False(await IsLoggedInAsync(planted));
    }

    [Fact]
    [Spec("LO-06")]
    public async Task A_planted_cookie_never_becomes_a_session()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = host.NewBrowser();
        browser.Cookies.Add(browser.Home, new Cookie(Cookie, "planted"));

        await LoginServerHost.LogInAsync(browser);

        Assert.NotEqual("planted", browser.Cookie(Cookie));
        Assert.True(await IsLoggedInAsync(browser));
    }

    [Fact]
    [Spec("LO-07")]
    public async Task Over_tls_the_cookies_are_bound_to_the_host()
    {
        await using var host = await LoginServerHost.StartAsync("https://login.example.com");
        await host.AddUserAsync();
        var browser = host.NewBrowser();
        var page = await browser.GetAsync("/login");
        var answer = await LoginServerHost.LogInAsync(browser);

        var cookies = page.Response.Headers.GetValues("Set-Cookie").Concat(answer.Response.Headers.GetValues("Set-Cookie"))
            .Where(c => !c.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)).ToList();

        Assert.Equal(3, cookies.Count);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-latchkey-", cookie);
            var attributes = cookie.Split(';').Skip(1).Select(a => a.Trim().ToLowerInvariant()).ToList();
            Assert.Contains("secure", attributes);
            Assert.Contains("httponly", attributes);
            Assert.Contains("samesite=lax", attributes);
            Assert.Contains("path=/", attributes);
            Assert.DoesNotContain(attributes, a => a.StartsWith("domain", StringComparison.Ordinal));
        });
        Assert.DoesNotContain("maria", string.Concat(cookies));
    }

    [Fact]
    [Spec("LO-07")]
    public async Task The_logins_cookie_is_a_random_key_and_nothing_else()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var (first, second) = (await host.LogInAsync(), await host.LogInAsync());

        Assert.Matches(@"\A[A-Za-z0-9_-]{43}\z", first.Cookie(Cookie));
        Assert.NotEqual(first.Cookie(Cookie), second.Cookie(Cookie));
    }

    [Fact]
    [Spec("LO-06")]
    public async Task A_key_of_the_right_shape_that_was_never_issued_opens_nothing()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = host.NewBrowser();
        browser.Cookies.Add(browser.Home, new Cookie(Cookie, new string('A', 43)));

        Assert.False(await IsLoggedInAsync(browser));
    }

    [Fact]
    public async Task On_loopback_the_cookies_work_without_tls()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        Assert.NotNull(browser.Cookie(Cookie));
        Assert.NotNull(browser.Cookie("latchkey-csrf"));
    }

    [Fact]
    [Spec("LO-13")]
    public async Task A_session_unused_for_too_long_is_over()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();

        host.Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(1));
        Assert.True(await IsLoggedInAsync(browser));

        host.Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(1));
        Assert.True(await IsLoggedInAsync(browser));

        host.Clock.Advance(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1));
        Assert.False(await IsLoggedInAsync(browser));
    }

    [Fact]
    [Spec("LO-13")]
    public async Task A_session_ends_after_a_week_however_much_it_is_used()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = await host.LogInAsync();
        for (var hours = 0; hours < 7 * 24 - 4; hours += 4)
        {
            Assert.True(await IsLoggedInAsync(browser));
            host.Clock.Advance(TimeSpan.FromHours(4));
        }

        host.Clock.Advance(TimeSpan.FromHours(4));

        Assert.False(await IsLoggedInAsync(browser));
    }

    [Fact]
    [Spec("LO-14")]
    public async Task A_disabled_user_is_out_at_the_next_request()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();

        await host.Get<AccountStore>().DisableAsync(user, TestContext.Current.CancellationToken);

        Assert.False(await IsLoggedInAsync(browser));
    }

    [Fact]
    [Spec("LO-14")]
    public async Task A_new_password_ends_the_sessions()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        var browser = await host.LogInAsync();

        await host.Get<AccountStore>().ResetPasswordAsync(user, "another fine password", TestContext.Current.CancellationToken);

        Assert.False(await IsLoggedInAsync(browser));
    }

    private static async Task<bool> IsLoggedInAsync(Browser browser) => (await browser.GetAsync("/")).Heading == "You are logged in";
}
