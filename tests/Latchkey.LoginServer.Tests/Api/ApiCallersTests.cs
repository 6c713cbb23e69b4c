using System.Net;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.LoginServer.Tests.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Api;

[Spec("AV-01")]
public sealed class ApiCallersTests
{
    [Fact]
    public async Task A_user_over_the_limit_is_refused_with_every_token_and_neighbours_are_not_touched()
    {
        await using var server = await BackChannel.StartAsync(o => o.ApiCallsPerMinute = 3);
        string[] own = [await server.TokenAsync(), await server.TokenAsync("linodes:*"), await server.TokenAsync("account:*")];
        for (var i = 0; i < own.Length; i++)
        {
            var answer = await server.CallAsync(own[i], "GET", "/v4/profile");
            answer.Expect(HttpStatusCode.OK);
            Assert.Equal($"{2 - i}", answer.Headers.GetValues("X-RateLimit-Remaining").Single());
        }

        server.Clock.Advance(TimeSpan.FromSeconds(20.5));
        var refused = await server.CallAsync(own[0], "GET", "/v4/nothing");

        Assert.Equal("Too many requests", refused.Expect(HttpStatusCode.TooManyRequests).GetProperty("errors")[0].Text("reason"));
        Assert.Equal(("application/json", "40"), (refused.ContentType, refused.Headers.GetValues("Retry-After").Single()));
        (await server.CallAsync(await server.OtherTokenAsync(), "GET", "/v4/profile")).Expect(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromSeconds(40));
        (await server.CallAsync(own[0], "GET", "/v4/profile")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Trying_one_token_after_another_does_not_help_and_takes_nothing_from_users()
    {
        await using var server = await BackChannel.StartAsync(o => o.ApiCallsPerMinute = 2);
        for (var i = 0; i < 2; i++)
        {
            (await server.CallAsync($"guess{i}", "GET", "/v4/profile")).Expect(HttpStatusCode.Unauthorized);
        }

        (await server.CallAsync("guess2", "GET", "/v4/profile")).Expect(HttpStatusCode.TooManyRequests);
        (await server.CallAsync(await server.TokenAsync(), "GET", "/v4/profile")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_network_of_IPv6_is_one_caller()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.Configure<LoginServerOptions>(o => o.ApiCallsPerMinute = 2));

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.NewBrowser("2001:db8::1").GetAsync("/v4/profile")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.NewBrowser("2001:db8::2").GetAsync("/v4/profile")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.NewBrowser("2001:db8::ffff:3").GetAsync("/v4/profile")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.NewBrowser("2001:db8:0:1::1").GetAsync("/v4/profile")).Status);
    }

    [Fact]
    public async Task Logging_in_and_the_tokens_of_apps_are_not_counted()
    {
        await using var server = await BackChannel.StartAsync(o => o.ApiCallsPerMinute = 1);
        for (var i = 0; i < 3; i++)
        {
            (await server.RedeemAsync(await server.IssueCodeAsync())).Expect(HttpStatusCode.OK);
        }
    }
}
