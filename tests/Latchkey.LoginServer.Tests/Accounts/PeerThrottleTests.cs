using System.Net;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Accounts;

/// <summary>What guessing passwords comes to for the peer it comes from, whatever the accounts.</summary>
public sealed class PeerThrottleTests
{
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

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [Spec("F-14")]
    public async Task A_peer_refused_while_the_clock_was_ahead_may_try_when_that_is_set_right(int hours)
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<LoginThrottleOptions>(o => o.FailuresPerPeer = 3));
        await host.AddUserAsync();
        host.Clock.AdjustTime(host.Clock.GetUtcNow().AddHours(hours));
        for (var i = 0; i < 3; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), "nobody", "wrong");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);

        host.Clock.AdjustTime(host.Clock.GetUtcNow().AddHours(-hours));
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
    }

    [Fact]
    [Spec("AV-01")]
    public async Task A_peer_does_not_get_in_again_by_failing_so_often_at_once_that_it_would_owe_hours()
    {
        await using var host = await LoginServerHost.StartAsync(
            services: s => s.Configure<LoginThrottleOptions>(o => (o.FailuresPerPeer, o.PeerRecovery) = (3, TimeSpan.FromMinutes(1))));
        var throttle = host.Get<LoginThrottle>();
        var peer = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("127.0.0.7") } };
        var ct = TestContext.Current.CancellationToken;
        await host.Get<ManagementWrites>().RunAsync(
            async (db, token) =>
            {
                // As those do that asked before the first of them was counted.
                for (var i = 0; i < 200; i++)
                {
                    await throttle.CountFailureAsync(db, peer, token);
                    await db.SaveChangesAsync(token);
                }
            },
            ct);

        var refused = await LoginServerHost.LogInAsync(host.NewBrowser("127.0.0.7"), "nobody", "wrong");

        Assert.Equal((HttpStatusCode.TooManyRequests, "240"), (refused.Status, refused.Header("Retry-After")));
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
}
