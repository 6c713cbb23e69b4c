using Latchkey.Bench.Servers;

namespace Latchkey.Bench.Report;

/// <summary>One promise, what was measured, and whether it is kept.</summary>
internal sealed record Verdict(string Promise, string Measured, bool Kept)
{
    public static IEnumerable<Verdict> All(IReadOnlyList<Measurement> measurements, IReadOnlyList<ProcessFacts> processes) =>
    [
        .. measurements.Where(m => m.Server == LatchkeyServer.EmptyName).SelectMany(m => AgainstFloor(m, measurements)),
        .. measurements.Where(m => IsFull(m.Server)).SelectMany(m => AgainstEmpty(m, measurements)),
        .. processes.Where(p => p.Server == LatchkeyServer.EmptyName || IsFull(p.Server)).SelectMany(Process),
    ];

    private static bool IsFull(string server) => server.StartsWith(LatchkeyServer.EmptyName + ", ", StringComparison.Ordinal);

    private static IEnumerable<Verdict> AgainstFloor(Measurement measurement, IReadOnlyList<Measurement> all) =>
        Ratio(measurement, "floor", all, Targets.Ratio[measurement.Operation], $"{measurement.Operation} at most {Targets.Ratio[measurement.Operation]:0.0} x the floor");

    private static IEnumerable<Verdict> AgainstEmpty(Measurement measurement, IReadOnlyList<Measurement> all) => Ratio(
        measurement,
        LatchkeyServer.EmptyName,
        all,
        Targets.FullStore,
        $"{measurement.Operation} at most {Targets.FullStore:0.0} x the empty store ({measurement.Server[(LatchkeyServer.EmptyName.Length + 2)..]})");

    private static IEnumerable<Verdict> Ratio(Measurement measurement, string other, IReadOnlyList<Measurement> all, double target, string promise)
    {
        if (all.FirstOrDefault(m => m.Server == other && m.Operation == measurement.Operation) is { } against)
        {
            var ratio = measurement.CpuMicroseconds / against.CpuMicroseconds;
            yield return new(promise, $"{ratio:0.00} x", ratio <= target);
        }
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
                $"at most {memory.Max():0} MB, {growth:+0.0;-0.0} MB in the second half",
                memory.Max() < Targets.MemoryMegabytes && growth <= Targets.FlatMegabytes);
        }
    }
}
