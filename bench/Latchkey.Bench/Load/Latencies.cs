using System.Diagnostics;

namespace Latchkey.Bench.Load;

/// <summary>Counts of calls by their duration in steps of ten microseconds: constant memory, and exact enough for a percentile.</summary>
internal sealed class Latencies
{
    private const int StepMicroseconds = 10;
    private readonly long[] _counts = new long[200_000];
    private long _total;

    public void Add(long stopwatchTicks)
    {
        var step = stopwatchTicks * 1_000_000 / Stopwatch.Frequency / StepMicroseconds;
        _counts[Math.Min(step, _counts.Length - 1)]++;
        _total++;
    }

    public void Add(Latencies other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        _total += other._total;
    }

    /// <summary>In milliseconds.</summary>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(_total * share);
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return (i + 1) * StepMicroseconds / 1000.0;
            }
        }

        return 0;
    }
}
