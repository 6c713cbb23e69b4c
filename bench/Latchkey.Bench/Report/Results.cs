using System.Text.Json;

namespace Latchkey.Bench.Report;

/// <summary>Everything one run found.</summary>
internal sealed record Results(
    Machine Machine,
    int Connections,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<ProcessFacts> Processes,
    IReadOnlyList<StoreFacts> Stores,
    IReadOnlyList<SweepFacts> Sweeps,
    IReadOnlyList<Verdict> Verdicts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, this, Json, cancellationToken);
    }
}
