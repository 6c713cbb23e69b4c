namespace Latchkey.Bench;

/// <summary>What one run measures.</summary>
/// <param name="Seconds">Measured time of each operation on each server.</param>
/// <param name="Connections">How many call at once.</param>
/// <param name="Operations">By name.</param>
/// <param name="Servers">By name.</param>
/// <param name="Grants">For each, Latchkey once more with so many grants in its store.</param>
/// <param name="MemoryCalls">Calls of Latchkey's memory run; 0 leaves it out.</param>
internal sealed record BenchOptions(
    double Seconds,
    int Connections,
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> Servers,
    IReadOnlyList<long> Grants,
    long MemoryCalls);
