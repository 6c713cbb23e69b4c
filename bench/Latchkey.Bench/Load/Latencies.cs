using System.Diagnostics;
using System.Numerics;

namespace Latchkey.Bench.Load;

/// <summary>Counts of calls by their duration, in steps of less than one percent of it: constant memory, and exact enough for a percentile.</summary>
internal sealed class Latencies
{
    // 128 steps in each doubling; below 256 microseconds each microsecond is a step of its own. The last one is beyond a minute.
    private const int StepBits = 7;
    private const int MostDoublings = 20;
    private readonly long[] _counts = new long[(MostDoublings + 2) << StepBits];
    private long _total;

    public void Add(long stopwatchTicks)
    {
        var microseconds = stopwatchTicks * 1_000_000 / Stopwatch.Frequency;
        _counts[Math.Min(StepOf(microseconds), _counts.Length - 1)]++;
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

    /// <summary>In milliseconds; 0 when nothing was counted.</summary>
    public double Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(_total * share));
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return EndOf(i) / 1000.0;
            }
        }

        return 0;
    }

    private static int StepOf(long microseconds)
    {
        var doublings = Math.Max(0, BitOperations.Log2((ulong)microseconds) - StepBits);
        return (doublings << StepBits) + (int)(microseconds >> doublings);
    }

    // The first microsecond that is no longer in the step.
    private static long EndOf(int step)
    {
        var doublings = Math.Max(0, (step >> StepBits) - 1);
        return (step - (doublings << StepBits) + 1L) << doublings;
    }
}
