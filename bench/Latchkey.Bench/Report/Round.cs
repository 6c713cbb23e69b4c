using Latchkey.Bench.Load;

namespace Latchkey.Bench.Report;

/// <summary>One round of one operation on one server.</summary>
internal sealed record Round(LoadResult Load, TimeSpan ServerCpu)
{
    public double CpuMicroseconds => ServerCpu.TotalMicroseconds / Load.Calls;
}
