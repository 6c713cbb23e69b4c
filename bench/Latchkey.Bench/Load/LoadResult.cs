namespace Latchkey.Bench.Load;

internal sealed record LoadResult(long Calls, TimeSpan Elapsed, Latencies Latencies);
