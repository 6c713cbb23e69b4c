using Latchkey.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.CloudApi.Tests.Limits;

[Spec("AV-01")]
public sealed class CallWindowsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void So_many_calls_pass_in_a_window_and_the_next_begins_anew()
    {
        var windows = new CallWindows(2, TimeSpan.FromMinutes(1), _clock);

        Assert.Equal([1, 0, 0], Enumerable.Range(0, 3).Select(_ => windows.Take("ada").Remaining));
        Assert.False(windows.Take("ada").Allowed);
        Assert.True(windows.Take("bob").Allowed);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(windows.Take("ada") is { Allowed: true, Remaining: 1 });
    }

    [Theory]
    [InlineData(0, "60")]
    [InlineData(0.5, "60")]
    [InlineData(59.2, "1")]
    [InlineData(59.99, "1")]
    public void Whoever_is_refused_is_told_in_whole_seconds_when_to_come_back(double seconds, string retryAfter)
    {
        var windows = new CallWindows(1, TimeSpan.FromMinutes(1), _clock);
        Assert.DoesNotContain("Retry-After", windows.Take("ada").Headers().Select(h => h.Key));
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        var headers = windows.Take("ada").Headers().ToDictionary();

        Assert.Equal(retryAfter, headers["Retry-After"]);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 1, 0, TimeSpan.Zero).ToUnixTimeSeconds().ToString(), headers["X-RateLimit-Reset"]);
    }

    [Fact]
    public void Callers_that_have_gone_take_no_room()
    {
        var windows = new CallWindows(1, TimeSpan.FromMinutes(1), _clock);
        for (var i = 0; i < 1000; i++)
        {
            windows.Take($"caller {i}");
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        windows.Take("ada");

        Assert.Equal(1, windows.Count);
    }

    [Fact]
    public void Of_many_at_once_no_more_pass_than_may()
    {
        var windows = new CallWindows(50, TimeSpan.FromMinutes(1), _clock);
        var passed = new System.Collections.Concurrent.ConcurrentBag<CallCount>();
        Parallel.For(0, 2000, _ =>
        {
            if (windows.Take("ada") is { Allowed: true } count)
            {
                passed.Add(count);
            }
        });

        Assert.Equal(Enumerable.Range(0, 50), passed.Select(c => c.Remaining).Order());
    }
}
