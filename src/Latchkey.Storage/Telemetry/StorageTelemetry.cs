using System.Diagnostics;
using System.Diagnostics.Metrics;
using Latchkey.Storage.Writes;

namespace Latchkey.Storage.Telemetry;

/// <summary>
/// What the store tells whoever watches it. Nothing here names a user, a client or a grant. While nobody listens, a write costs
/// a few comparisons and allocates nothing more.
/// </summary>
/// <remarks>Names and units follow OpenTelemetry's conventions; docs/guides/operate.md lists them.</remarks>
public sealed class StorageTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Latchkey.Storage";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly KeyValuePair<string, object?> NotCommitted = new("error.type", "not_committed");

    private readonly Meter _meter;
    private readonly Histogram<double> _wait;
    private readonly Histogram<int> _size;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _swept;

    public StorageTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(Name);
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
        _wait = _meter.CreateHistogram("latchkey.queue.wait", "s", "From queueing a write to taking it up.", tags: null, seconds);
        _size = _meter.CreateHistogram(
            "latchkey.commit.size", "{write}", "Grant writes that shared one commit.", tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        _duration = _meter.CreateHistogram("latchkey.commit.duration", "s", "One commit of grant writes, until it was durable.", tags: null, seconds);
        _swept = _meter.CreateCounter<long>("latchkey.grant.swept", "{grant}", "Ended grants that were taken out of the table.");
    }

    internal void Swept(int grants)
    {
        if (grants > 0)
        {
            _swept.Add(grants);
        }
    }

    internal void WatchQueue(Func<int> waiting) =>
        _meter.CreateObservableUpDownCounter("latchkey.queue.length", waiting, "{write}", "Writes and turns that have not been taken up yet.");

    /// <summary>Now, if somebody wants to know how long a write waits; otherwise 0.</summary>
    internal long Now() => _wait.Enabled ? Stopwatch.GetTimestamp() : 0;

    internal void Waited(long since)
    {
        if (since != 0)
        {
            _wait.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
    }

    internal long CommitBegins() => _duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    internal void Committed(int writes, long since, bool failed)
    {
        if (!failed)
        {
            _size.Record(writes);
        }

        if (since == 0)
        {
            return;
        }

        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        if (failed)
        {
            _duration.Record(seconds, NotCommitted);
        }
        else
        {
            _duration.Record(seconds);
        }
    }

    /// <summary>The caller's trace; the default when nobody traces.</summary>
    internal static ActivityContext Origin() => Activities.HasListeners() && Activity.Current is { } current ? current.Context : default;

    /// <summary>A commit answers many requests, so it is nobody's child: it links to each of them.</summary>
    internal static Activity? Trace(List<QueuedWrite> batch)
    {
        if (!Activities.HasListeners())
        {
            return null;
        }

        var links = batch.Where(w => w.Origin != default).Select(w => new ActivityLink(w.Origin));
        return Activities.StartActivity("commit", ActivityKind.Internal, default(ActivityContext), [new("latchkey.commit.size", batch.Count)], links);
    }
}
