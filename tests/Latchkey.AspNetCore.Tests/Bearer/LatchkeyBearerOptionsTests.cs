using Latchkey.AspNetCore;

namespace Latchkey.AspNetCore.Tests.Bearer;

public sealed class LatchkeyBearerOptionsTests
{
    [Theory]
    [InlineData("http://login.example.com", "id", "secret")]
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
}
