using System.Net;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Tests.Framework;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Accounts;

/// <summary>What guessing the password of one account comes to, and that using it does not.</summary>
public sealed class LoginThrottleTests
{
    [Fact]
    [Spec("LG-01")]
    public async Task Failures_lock_the_account_for_a_while_and_the_right_password_fails_alike()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        for (var i = 0; i < 10; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), password: "wrong");
        }

        Assert.Equal(HttpStatusCode.OK, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);

        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
    }

    [Fact]
    [Spec("LG-01")]
    public async Task Trying_inside_the_lock_does_not_prolong_it()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        for (var i = 0; i < 10; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), password: "wrong");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(4));
        for (var i = 0; i < 10; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), password: "wrong");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
    }

    [Fact]
    [Spec("LG-05")]
    public async Task A_stranger_who_locks_an_account_does_not_lock_its_known_browser()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var known = await host.LogInAsync();
        await known.SubmitAsync((await known.GetAsync("/logout")).Form("/logout"));
        for (var i = 0; i < 10; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), password: "wrong");
        }

        Assert.Equal(HttpStatusCode.OK, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(known)).Status);
    }

    [Fact]
    [Spec("LG-05")]
    public async Task A_known_browser_that_guesses_is_locked_itself()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var known = await host.LogInAsync();
        await known.SubmitAsync((await known.GetAsync("/logout")).Form("/logout"));
        for (var i = 0; i < 10; i++)
        {
            await LoginServerHost.LogInAsync(known, password: "wrong");
        }

        Assert.Equal(HttpStatusCode.OK, (await LoginServerHost.LogInAsync(known)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [Spec("F-14")]
    public async Task A_lock_made_while_the_clock_was_ahead_ends_when_that_is_set_right(int hours)
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var known = await host.LogInAsync();
        await known.SubmitAsync((await known.GetAsync("/logout")).Form("/logout"));
        host.Clock.AdjustTime(host.Clock.GetUtcNow().AddHours(hours));
        foreach (var browser in (Browser[])[host.NewBrowser(), known])
        {
            for (var i = 0; i < 10; i++)
            {
                await LoginServerHost.LogInAsync(browser, password: "wrong");
            }

            Assert.Equal(HttpStatusCode.OK, (await LoginServerHost.LogInAsync(browser)).Status);
        }

        host.Clock.AdjustTime(host.Clock.GetUtcNow().AddHours(-hours));
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(known)).Status);
    }

    [Fact]
    [Spec("LG-05")]
    public async Task The_right_password_clears_a_known_browser_s_failures()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var known = await host.LogInAsync();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++)
            {
                await LoginServerHost.LogInAsync(known, password: "wrong");
            }

            Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(known)).Status);
        }
    }

    [Fact]
    [Spec("AV-03")]
    public async Task More_password_checks_than_may_wait_are_told_to_come_back()
    {
        await using var host = await LoginServerHost.StartAsync(
            services: s => s.Configure<LoginThrottleOptions>(o => (o.ConcurrentChecks, o.WaitingChecks) = (1, 0)));
        await host.AddUserAsync();
        using var busy = await host.Get<LoginThrottle>().TakeTurnAsync(TestContext.Current.CancellationToken);

        var refused = await LoginServerHost.LogInAsync(host.NewBrowser());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal("5", refused.Header("Retry-After"));
    }
}
