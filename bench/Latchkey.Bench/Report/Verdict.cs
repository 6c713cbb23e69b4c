using Latchkey.Bench.Servers;

namespace Latchkey.Bench.Report;

/// <summary>One promise, what was measured, and whether it is kept.</summary>
internal sealed record Verdict(string Promise, string Measured, bool Kept)
{
    private static readonly string[] Empty = [LatchkeyServer.EmptyName, LatchkeyServer.PostgresName];

    public static IEnumerable<Verdict> All(
        IReadOnlyList<Measurement> measurements, IReadOnlyList<ProcessFacts> processes, IReadOnlyList<StoreFacts> stores) =>
    [
        .. measurements.Where(m => m.Server == LatchkeyServer.EmptyName).SelectMany(m => AgainstFloor(m, measurements)),
        .. measurements.SelectMany(m => AgainstEmpty(m, measurements)),
        .. measurements.Where(m => m.Server == LatchkeyServer.PostgresName).SelectMany(m => AgainstSqlite(m, measurements)),
        .. processes.Where(p => p.Server == LatchkeyServer.EmptyName || EmptyOf(p.Server) is not null).SelectMany(Process),
        .. stores.Select(Store),
    ];

    /// <summary>The one with an empty store that a full one is held against; null for all others.</summary>
    private static string? EmptyOf(string server) => Empty.FirstOrDefault(e => server.StartsWith(e + ", ", StringComparison.Ordinal));

    private static IEnumerable<Verdict> AgainstFloor(Measurement measurement, IReadOnlyList<Measurement> all) => Ratio(
        measurement,
        "floor",
        all,
        m => m.CpuMicroseconds,
        Targets.Ratio[measurement.Operation],
        $"{measurement.Operation} at most {Targets.Ratio[measurement.Operation]:0.0} x the floor");

    private static IEnumerable<Verdict> AgainstEmpty(Measurement measurement, IReadOnlyList<Measurement> all) => EmptyOf(measurement.Server) is { } empty
        ? Ratio(
            measurement,
            empty,
            all,
            m => m.AllCpuMicroseconds,
            Targets.FullStore,
            $"{measurement.Server}: {measurement.Operation} at most {Targets.FullStore:0.0} x the empty store")
        : [];

    private static IEnumerable<Verdict> AgainstSqlite(Measurement measurement, IReadOnlyList<Measurement> all) => Ratio(
        measurement,
        LatchkeyServer.EmptyName,
        all,
        m => m.CpuMicroseconds,
        Targets.Postgres,
        $"{measurement.Operation}: a node over PostgreSQL at most {Targets.Postgres:0.0} x one over SQLite");

    private static IEnumerable<Verdict> Ratio(
        Measurement measurement, string other, IReadOnlyList<Measurement> all, Func<Measurement, double> cost, double target, string promise)
    {
        if (all.FirstOrDefault(m => m.Server == other && m.Operation == measurement.Operation) is { } against)
        {
            var ratio = cost(measurement) / cost(against);
            yield return new(promise, $"{ratio:0.00} x", ratio <= target);
        }
    }

    private static Verdict Store(StoreFacts facts)
    {
        var (half, last) = (facts.Megabytes[facts.Megabytes.Count / 2], facts.Megabytes[^1]);
        return new(
            $"{facts.Server}: the store is flat over {facts.Refreshes:N0} refreshes of {facts.Grants:N0} grants",
            $"{last:0.0} MB, {last - half:+0.0;-0.0;0.0} MB in the second half",
            last <= half * (1 + Targets.FlatStore));
    }

    private static IEnumerable<Verdict> Process(ProcessFacts facts)
    {
        yield return new(
            $"{facts.Server}: first answer within {Targets.FirstAnswer.TotalSeconds:0.0} s",
            $"{facts.FirstAnswerSeconds:0.00} s",
            facts.FirstAnswerSeconds <= Targets.FirstAnswer.TotalSeconds);
        if (facts.MemoryMegabytes is [.., var last] memory)
        {
            var growth = last - memory[memory.Count / 2];
            yield return new(
                $"flat below {Targets.MemoryMegabytes:0} MB over {facts.MemoryCalls:N0} calls",
                $"at most {memory.Max():0} MB, {growth:+0.0;-0.0;0.0} MB in the second half",
                memory.Max() < Targets.MemoryMegabytes && growth <= Targets.FlatMegabytes);
        }
    }
}
