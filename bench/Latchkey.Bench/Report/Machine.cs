using System.Runtime.InteropServices;
using Latchkey.Bench.Servers;

namespace Latchkey.Bench.Report;

/// <summary>The class of machine that the numbers come from.</summary>
internal sealed record Machine(string Processor, int Processors, string System, string Runtime, string FileSystem, bool Pinned)
{
    public static Machine Here()
    {
        // The process itself may be held to one core; this file counts them all.
        var lines = File.Exists("/proc/cpuinfo") ? File.ReadAllLines("/proc/cpuinfo") : [];
        var models = lines.Where(l => l.StartsWith("model name", StringComparison.Ordinal)).Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()).ToList();
        return new Machine(
            models.FirstOrDefault() ?? RuntimeInformation.ProcessArchitecture.ToString(),
            models.Count > 0 ? models.Count : Environment.ProcessorCount,
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            // On a memory file system a durable commit costs nothing, which would flatter every number.
            new DriveInfo(Path.GetTempPath()).DriveFormat,
            Cores.ArePinned);
    }

    public override string ToString() =>
        $"{Processor}, {Processors} cores, {System}, {Runtime}, {FileSystem}; "
        + (Pinned ? "servers on one core, driver on another" : "nothing pinned to a core: do not compare these numbers");
}
