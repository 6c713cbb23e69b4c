using Latchkey.Bench.Load;

namespace Latchkey.Bench.Report;

/// <summary>One round of one operation on one server.</summary>
/// <param name="Load">What the driver saw.</param>
/// <param name="ServerCpu">Of all nodes.</param>
/// <param name="DatabaseCpu">Of a database server beside them; null when there is none.</param>
internal sealed record Round(LoadResult Load, TimeSpan ServerCpu, TimeSpan? DatabaseCpu = null)
{
    public double CpuMicroseconds => ServerCpu.TotalMicroseconds / Load.Calls;

    public double? DatabaseCpuMicroseconds => DatabaseCpu?.TotalMicroseconds / Load.Calls;
}
