namespace Latchkey.Bench;

/// <summary>What one run measures.</summary>
/// <param name="Seconds">Measured time of each operation on each server.</param>
/// <param name="Connections">How many call at once.</param>
/// <param name="Operations">By name.</param>
/// <param name="Servers">By name.</param>
/// <param name="Grants">For each, Latchkey once more with so many grants in its store, over each database that is measured.</param>
/// <param name="MemoryCalls">Calls of Latchkey's memory run; 0 leaves it out.</param>
/// <param name="Refreshes">Of a thousand grants, to see what Latchkey's store takes on the disk; 0 leaves it out.</param>
/// <param name="SharedBuffers">Of a PostgreSQL, in megabytes.</param>
internal sealed record BenchOptions(
    double Seconds,
    int Connections,
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> Servers,
    IReadOnlyList<long> Grants,
    long MemoryCalls,
    long Refreshes,
    int SharedBuffers);
