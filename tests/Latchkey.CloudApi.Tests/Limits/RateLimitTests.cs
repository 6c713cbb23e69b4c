namespace Latchkey.CloudApi.Tests.Limits;

[Spec("AV-01")]
public sealed class RateLimitTests
{
    [Fact]
    public async Task A_caller_over_the_limit_is_told_when_to_come_back_and_neighbours_are_not_touched()
    {
        await using var host = await StartAsync(perCaller: 3, perAddress: 1000);
        var (ada, bob) = (host.Login.Token("ada", "*"), host.Login.Token("bob", "*"));
        for (var left = 2; left >= 0; left--)
        {
            var answer = await host.GetAsync("/v4/linode/instances", ada);
            Assert.Equal(200, answer.Status);
            Assert.Equal(("3", $"{left}"), (answer.Headers["X-RateLimit-Limit"], answer.Headers["X-RateLimit-Remaining"]));
            Assert.Equal(host.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds().ToString(), answer.Headers["X-RateLimit-Reset"]);
        }

        host.Clock.Advance(TimeSpan.FromSeconds(10.5));
        var refused = (await host.GetAsync("/v4/linode/instances", ada)).MustRefuse(429);

        Assert.Equal("Too many requests", refused.Reason);
        Assert.Equal("50", refused.Headers["Retry-After"]);
        Assert.Equal(200, (await host.GetAsync("/v4/linode/instances", bob)).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(200, (await host.GetAsync("/v4/linode/instances", ada)).Status);
    }

    [Fact]
    public async Task Trying_one_token_after_another_does_not_help()
    {
        await using var host = await StartAsync(perCaller: 1000, perAddress: 3);
        for (var i = 0; i < 3; i++)
        {
            (await host.GetAsync("/v4/linode/instances", $"guess{i}")).MustRefuse(401);
        }

        (await host.GetAsync("/v4/linode/instances", "guess4")).MustRefuse(429);
        Assert.Equal(3, host.Login.Introspected);
    }

    private static Task<CloudApiHost> StartAsync(int perCaller, int perAddress) => CloudApiHost.StartAsync(o => new CloudApiOptions
    {
        DataDirectory = o.DataDirectory,
        LoginServer = o.LoginServer,
        ClientId = o.ClientId,
        ClientSecret = o.ClientSecret,
        RateLimits = new RateLimits { PerCaller = perCaller, PerAddress = perAddress, Window = TimeSpan.FromMinutes(1) },
    });
}
