using Latchkey.Bench.Load;

namespace Latchkey.Bench.Report;

/// <summary>One round of one operation on one server.</summary>
internal sealed record Round(long Calls, TimeSpan Elapsed, TimeSpan ServerCpu, Latencies Latencies)
{
    public double CpuMicroseconds => ServerCpu.TotalMicroseconds / Calls;
}
