using Latchkey.Bench.Load;

namespace Latchkey.Bench.Report;

/// <summary>All rounds of one operation on one server, as the table shows them.</summary>
internal sealed record Measurement(
    string Operation, string Server, long Calls, double CallsPerSecond, double CpuMicroseconds, double P50Milliseconds, double P99Milliseconds)
{
    public static Measurement Of(string operation, string server, IReadOnlyList<Round> rounds)
    {
        var latencies = new Latencies();
        foreach (var round in rounds)
        {
            latencies.Add(round.Latencies);
        }

        var calls = rounds.Sum(r => r.Calls);
        return new Measurement(
            operation,
            server,
            calls,
            calls / rounds.Sum(r => r.Elapsed.TotalSeconds),
            // The middle round: one that something else on the machine disturbed does not count.
            rounds.Select(r => r.CpuMicroseconds).Order().ElementAt(rounds.Count / 2),
            latencies.Percentile(0.50),
            latencies.Percentile(0.99));
    }
}
