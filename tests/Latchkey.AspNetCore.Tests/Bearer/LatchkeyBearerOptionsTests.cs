using Latchkey.AspNetCore;

namespace Latchkey.AspNetCore.Tests.Bearer;

public sealed class LatchkeyBearerOptionsTests
{
    [Theory]
    [InlineData("http://login.example.com", "id", "secret")]
    [InlineData("ftp://localhost", "id", "secret")]
    [InlineData("https://login.example.com/?a=b", "id", "secret")]
    [InlineData("https://login.example.com/#a", "id", "secret")]
    [InlineData("https://me@login.example.com/", "id", "secret")]
    [InlineData(null, "id", "secret")]
    [InlineData("https://login.example.com", "", "secret")]
    [InlineData("https://login.example.com", "id", null)]
    [Spec("CL-11")]
    public void Settings_that_cannot_work_are_refused(string? server, string id, string? secret)
    {
        var options = new LatchkeyBearerOptions { LoginServer = server is null ? null : new Uri(server), ClientId = id, ClientSecret = secret };

        Assert.Contains("AddLatchkeyBearer", Assert.Throws<InvalidOperationException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 10, "CacheFor")]
    [InlineData(61, 10, "CacheFor")]
    [InlineData(60, 0, "MaxCachedTokens")]
    public void A_cache_without_a_sane_bound_is_refused(int seconds, int tokens, string option)
    {
        var options = new LatchkeyBearerOptions
        {
            LoginServer = FakeLoginServer.Address,
            ClientId = "id",
            ClientSecret = "secret",
            CacheFor = TimeSpan.FromSeconds(seconds),
            MaxCachedTokens = tokens,
        };

        Assert.Contains(option, Assert.Throws<InvalidOperationException>(options.Validate).Message, StringComparison.Ordinal);
        (options.CacheFor, options.MaxCachedTokens) = (TimeSpan.FromSeconds(60), 1);
        options.Validate();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.001)]
    [InlineData(86_401)]
    public void A_timeout_that_nothing_can_be_asked_in_or_that_never_ends_is_refused(double seconds)
    {
        var options = new LatchkeyBearerOptions
        {
            LoginServer = FakeLoginServer.Address,
            ClientId = "id",
            ClientSecret = "secret",
            IntrospectionTimeout = TimeSpan.FromSeconds(seconds),
        };

        Assert.Contains("IntrospectionTimeout", Assert.Throws<InvalidOperationException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(61, 5, "CacheFor")]
    [InlineData(0, 0, "IntrospectionTimeout")]
    [Spec("CL-11")]
    public async Task Settings_that_cannot_work_stop_the_start(int cacheFor, int timeout, string option)
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => BearerApi.StartAsync(o =>
            (o.CacheFor, o.IntrospectionTimeout) = (TimeSpan.FromSeconds(cacheFor), TimeSpan.FromSeconds(timeout))));

        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
    }
}
