using System.Diagnostics;

namespace Latchkey.Bench.Load;

/// <summary>When to stop sending: after a time, after a number of calls, whichever comes first.</summary>
internal readonly record struct LoadLimit(TimeSpan Time, long Calls)
{
    public static LoadLimit For(TimeSpan time) => new(time, long.MaxValue);

    public static LoadLimit Of(long calls) => new(TimeSpan.FromHours(1), calls);

    public bool Reached(long start, long sent) => sent >= Calls || Stopwatch.GetElapsedTime(start) >= Time;
}
