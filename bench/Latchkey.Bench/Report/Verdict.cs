namespace Latchkey.Bench.Report;

/// <summary>One promise, what was measured, and whether it is kept.</summary>
internal sealed record Verdict(string Promise, string Measured, bool Kept)
{
    public static IEnumerable<Verdict> All(IReadOnlyList<Measurement> measurements, IReadOnlyList<ProcessFacts> processes) =>
        measurements.Where(m => m.Server == "Latchkey").SelectMany(m => Ratio(m, measurements))
            .Concat(processes.Where(p => p.Server == "Latchkey").SelectMany(Process));

    private static IEnumerable<Verdict> Ratio(Measurement measurement, IReadOnlyList<Measurement> all)
    {
        if (all.FirstOrDefault(m => m.Server == "floor" && m.Operation == measurement.Operation) is { } floor)
        {
            var target = Targets.Ratio[measurement.Operation];
            var ratio = measurement.CpuMicroseconds / floor.CpuMicroseconds;
            yield return new($"{measurement.Operation} at most {target:0.0} x the floor", $"{ratio:0.00} x", ratio <= target);
        }
    }

    private static IEnumerable<Verdict> Process(ProcessFacts facts)
    {
        yield return new(
            $"first answer within {Targets.FirstAnswer.TotalSeconds:0.0} s",
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
