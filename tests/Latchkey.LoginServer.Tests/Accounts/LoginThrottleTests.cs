using System.Net;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Tests.Framework;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Accounts;

/// <summary>What guessing passwords comes to, and that using them does not.</summary>
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
    [Spec("AV-01")]
    public async Task A_peer_that_guesses_is_told_when_to_come_back_and_its_neighbours_are_not()
    {
        await using var host = await LoginServerHost.StartAsync(
            services: s => s.Configure<LoginThrottleOptions>(o => (o.FailuresPerPeer, o.PeerRecovery) = (3, TimeSpan.FromHours(1))));
        await host.AddUserAsync();
        for (var i = 0; i < 3; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser("127.0.0.7"), "nobody", "wrong");
        }

        var refused = await LoginServerHost.LogInAsync(host.NewBrowser("127.0.0.7"));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!), 1, 3600);
        Assert.Equal("Too many attempts", refused.Heading);
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser("127.0.0.8"))).Status);
    }

    [Fact]
    [Spec("AV-01")]
    public async Task A_peer_that_waited_gets_its_failures_back_one_by_one()
    {
        await using var host = await LoginServerHost.StartAsync(
            services: s => s.Configure<LoginThrottleOptions>(o => (o.FailuresPerPeer, o.PeerRecovery) = (3, TimeSpan.FromHours(1))));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await LoginServerHost.LogInAsync(host.NewBrowser(), "nobody", "wrong")).Status);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(59));
        var early = await LoginServerHost.LogInAsync(host.NewBrowser(), "nobody", "wrong");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await LoginServerHost.LogInAsync(host.NewBrowser(), "nobody", "wrong");
        var more = await LoginServerHost.LogInAsync(host.NewBrowser(), "nobody", "wrong");

        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (early.Status, early.Header("Retry-After")));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal((HttpStatusCode.TooManyRequests, "3600"), (more.Status, more.Header("Retry-After")));
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
    [Spec("LG-06")]
    public async Task Nobody_but_a_configured_proxy_says_who_the_peer_is()
    {
        await using var host = await LoginServerHost.StartAsync(services: s =>
        {
            s.Configure<LoginThrottleOptions>(o => (o.FailuresPerPeer, o.PeerRecovery) = (1, TimeSpan.FromHours(1)));
            s.Configure<ProxyOptions>(o => o.Trusted.Add("10.0.0.0/8"));
        });

        async Task<HttpStatusCode> Guess(string peer, string claimed)
        {
            var browser = host.NewBrowser(peer);
            var form = (await browser.GetAsync("/login")).Form().Set("username", "nobody").Set("password", "wrong");
            return (await browser.SubmitAsync(form, ("X-Forwarded-For", claimed))).Status;
        }

        Assert.Equal(HttpStatusCode.OK, await Guess("192.0.2.1", "198.51.100.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Guess("192.0.2.1", "198.51.100.2"));
        Assert.Equal(HttpStatusCode.OK, await Guess("10.0.0.1", "198.51.100.1"));
        Assert.Equal(HttpStatusCode.OK, await Guess("10.0.0.1", "198.51.100.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Guess("10.0.0.1", "198.51.100.2"));
    }

    [Fact]
    public async Task Logging_in_often_is_use_and_not_guessing()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<LoginThrottleOptions>(o => o.FailuresPerPeer = 1));
        await host.AddUserAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
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
