using System.Text.Json;

namespace Latchkey.Bench.Report;

/// <summary>Everything one run found.</summary>
internal sealed record Results(
    Machine Machine, int Connections, IReadOnlyList<Measurement> Measurements, IReadOnlyList<ProcessFacts> Processes, IReadOnlyList<Verdict> Verdicts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Json, cancellationToken);
    }

    /// <summary>As Markdown, so that it can go into the documentation as it is.</summary>
    public void Print(TextWriter to)
    {
        to.WriteLine(Machine);
        to.WriteLine($"{Connections} connections, closed loop");
        to.WriteLine();
        to.WriteLine("| Call | Server | calls/s | CPU per call | against the floor | p50 | p99 |");
        to.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var m in Measurements)
        {
            var floor = Measurements.FirstOrDefault(f => f.Server == "floor" && f.Operation == m.Operation);
            var ratio = floor is null || floor == m ? "" : $"{m.CpuMicroseconds / floor.CpuMicroseconds:0.00} x";
            to.WriteLine(
                $"| {m.Operation} | {m.Server} | {m.CallsPerSecond:N0} | {m.CpuMicroseconds:0.0} µs | {ratio} | {m.P50Milliseconds:0.0} ms | {m.P99Milliseconds:0.0} ms |");
        }

        to.WriteLine();
        to.WriteLine("| Server | first answer | CPU until then | memory over the calls |");
        to.WriteLine("| --- | ---: | ---: | --- |");
        foreach (var p in Processes)
        {
            to.WriteLine($"| {p.Server} | {p.FirstAnswerSeconds:0.00} s | {p.FirstAnswerCpuSeconds:0.00} s | {string.Join(", ", p.MemoryMegabytes.Select(m => $"{m:0}"))} MB |");
        }

        if (Verdicts.Count > 0)
        {
            to.WriteLine();
            to.WriteLine("| Promise | Measured | |");
            to.WriteLine("| --- | --- | --- |");
            foreach (var verdict in Verdicts)
            {
                to.WriteLine($"| {verdict.Promise} | {verdict.Measured} | {(verdict.Kept ? "PASS" : "MISS")} |");
            }
        }
    }
}
