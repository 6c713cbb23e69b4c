using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Latchkey.LoginServer.Tests.Telemetry;

/// <summary>What one server measured, each as <c>name value tag=value …</c>; other servers of this process are not heard.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _heard = new();

    public Measurements(IMeterFactory server, string prefix)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, server) && instrument.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _heard.Enqueue(string.Join(' ', [instrument.Name, value, .. tags.ToArray().Select(t => $"{t.Key}={t.Value}")])));
        _listener.Start();
    }

    /// <summary>All since the last time, in order.</summary>
    public IReadOnlyList<string> Take()
    {
        var heard = _heard.ToList();
        _heard.Clear();
        return heard;
    }

    public void Dispose() => _listener.Dispose();
}
