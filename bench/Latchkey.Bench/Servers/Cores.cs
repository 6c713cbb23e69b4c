using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Latchkey.Bench.Servers;

/// <summary>
/// Servers share the first core, the driver has the last: neither takes time from the other, and "microseconds of CPU" means
/// one core's. taskset sets this before a process starts, so that its runtime sizes itself for the cores it has.
/// </summary>
internal static class Cores
{
    private const string Marker = "LATCHKEY_BENCH_PINNED";
    private const int Server = 0;

    /// <summary>Null when this process already runs where it should or cannot be moved; otherwise the exit code of the one that did.</summary>
    public static async Task<int?> MoveDriverAsync(string[] args)
    {
        if (!CanPin || Environment.GetEnvironmentVariable(Marker) is not null)
        {
            return null;
        }

        var start = Pinned(Environment.ProcessorCount - 1, Environment.ProcessPath!, args);
        start.Environment[Marker] = "1";
        using var driver = Process.Start(start)!;
        // Ctrl-C reaches both: let the driver stop its servers first.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        await driver.WaitForExitAsync();
        return driver.ExitCode;
    }

    public static bool ArePinned => Environment.GetEnvironmentVariable(Marker) is not null;

    public static ProcessStartInfo ServerStart(string file, IEnumerable<string> args) =>
        ArePinned ? Pinned(Server, file, args) : new ProcessStartInfo(file, args);

    /// <summary>A server that was not started by <see cref="ServerStart"/>, and what it will start.</summary>
    public static void MoveServer(int process)
    {
        if (ArePinned)
        {
            using var move = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", Server.ToString(), process.ToString()]) { RedirectStandardOutput = true })!;
            move.WaitForExit();
        }
    }

    private static bool CanPin =>
        OperatingSystem.IsLinux() && Environment.ProcessorCount > 1 && (File.Exists("/usr/bin/taskset") || File.Exists("/bin/taskset"));

    private static ProcessStartInfo Pinned(int core, string file, IEnumerable<string> args) =>
        new("taskset", ["-c", core.ToString(), file, .. args]);
}
