namespace Latchkey.Bench.Load;

/// <summary>What one run of the driver saw.</summary>
/// <param name="Calls">All that were answered.</param>
/// <param name="CallsPerSecond">While every connection was busy: the wait for the last answers says nothing about the pace.</param>
/// <param name="Latencies">Of all calls.</param>
internal sealed record LoadResult(long Calls, double CallsPerSecond, Latencies Latencies);
