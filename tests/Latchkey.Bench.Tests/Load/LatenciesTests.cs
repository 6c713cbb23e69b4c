using System.Diagnostics;
using Latchkey.Bench.Load;

namespace Latchkey.Bench.Tests.Load;

public sealed class LatenciesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(12_345)]
    [InlineData(999_999)]
    [InlineData(60_000_000)]
    public void A_duration_is_told_to_within_one_percent(long microseconds)
    {
        var told = Of(microseconds).Percentile(0.5) * 1000;

        Assert.InRange(told, microseconds, (microseconds * 1.01) + 1);
    }

    [Fact]
    public void A_percentile_is_the_duration_that_so_many_calls_stay_within()
    {
        var latencies = Of([.. Enumerable.Repeat(100L, 98), 5_000, 50_000]);

        Assert.Equal(0.101, latencies.Percentile(0.50), 0.001);
        Assert.Equal(0.101, latencies.Percentile(0.98), 0.001);
        Assert.Equal(5.0, latencies.Percentile(0.99), 0.05);
        Assert.Equal(50.0, latencies.Percentile(1), 0.5);
    }

    [Fact]
    public void Rounds_add_up()
    {
        var latencies = Of(Enumerable.Repeat(100L, 9));
        latencies.Add(Of(10_000));

        Assert.Equal(0.101, latencies.Percentile(0.9), 0.001);
        Assert.Equal(10, latencies.Percentile(0.95), 0.1);
    }

    [Fact]
    public void An_hour_counts_as_the_longest_that_can_be_told() => Assert.True(Of(3_600_000_000).Percentile(0.5) > 60_000);

    [Fact]
    public void Of_no_call_there_is_no_percentile() => Assert.Equal(0, new Latencies().Percentile(0.99));

    private static Latencies Of(params IEnumerable<long> microseconds)
    {
        var latencies = new Latencies();
        foreach (var m in microseconds)
        {
            latencies.Add(m * Stopwatch.Frequency / 1_000_000);
        }

        return latencies;
    }
}
