using Latchkey.Core.Tokens;

namespace Latchkey.Core.Tests.Tokens;

public sealed class TokenLifetimesTests
{
    [Fact]
    public void The_defaults_are_usable() => Assert.Null(new TokenLifetimes().Problem());

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]       // every reuse is a theft
    [InlineData(60, true)]
    [InlineData(61, false)]
    [Spec("TK-37")]
    public void The_retry_window_is_between_zero_and_sixty_seconds(int seconds, bool usable) =>
        Assert.Equal(usable, new TokenLifetimes { RetryWindow = TimeSpan.FromSeconds(seconds) }.Problem() is null);

    [Fact]
    public void No_lifetime_is_zero_or_negative_or_longer_than_a_clock_can_count()
    {
        Func<TimeSpan, TokenLifetimes>[] all =
        [
            t => new() { Code = t }, t => new() { Access = t }, t => new() { RefreshIdle = t }, t => new() { Grant = t },
        ];

        Assert.All(all, with =>
        {
            Assert.NotNull(with(TimeSpan.Zero).Problem());
            Assert.NotNull(with(TimeSpan.FromSeconds(-1)).Problem());
            Assert.NotNull(with(TimeSpan.MaxValue).Problem());
            Assert.Null(with(TimeSpan.FromSeconds(1)).Problem());
            Assert.Null(with(TimeSpan.FromDays(3650)).Problem());
        });
    }
}
