using Latchkey.Bench.Load;

namespace Latchkey.Bench.Report;

/// <summary>All rounds of one operation on one server, as the table shows them.</summary>
internal sealed record Measurement(
    string Operation,
    string Server,
    long Calls,
    double CallsPerSecond,
    double CpuMicroseconds,
    double P50Milliseconds,
    double P99Milliseconds,
    double? DatabaseCpuMicroseconds = null)
{
    /// <summary>Of the nodes and of the database server beside them.</summary>
    public double AllCpuMicroseconds => CpuMicroseconds + (DatabaseCpuMicroseconds ?? 0);

    public static Measurement Of(string operation, string server, IReadOnlyList<Round> rounds)
    {
        var latencies = new Latencies();
        foreach (var round in rounds)
        {
            latencies.Add(round.Load.Latencies);
        }

        return new Measurement(
            operation,
            server,
            rounds.Sum(r => r.Load.Calls),
            Middle(rounds.Select(r => r.Load.CallsPerSecond)),
            Middle(rounds.Select(r => r.CpuMicroseconds)),
            latencies.Percentile(0.50),
            latencies.Percentile(0.99),
            rounds.All(r => r.DatabaseCpu is not null) ? Middle(rounds.Select(r => r.DatabaseCpuMicroseconds!.Value)) : null);
    }

    // The middle round: one that something else on the machine disturbed does not count.
    private static double Middle(IEnumerable<double> rounds)
    {
        var ordered = rounds.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
