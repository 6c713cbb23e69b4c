using System.Diagnostics;

namespace Latchkey.Faults.Tests.Traces;

/// <summary>strace(1) on a running process and all its threads: watches its system calls, or makes some of them fail.</summary>
internal sealed class Strace : IAsyncDisposable
{
    private const int Interrupt = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private Strace(Process process) => _process = process;

    /// <summary>
    /// Writes every call that moves the data directory's bytes, or an answer's, to a file: paths and texts in hexadecimal, each
    /// text up to a number of bytes.
    /// </summary>
    public static Task<Strace> WatchAsync(RunningServer server, string file, int bytes) => AttachAsync(
        server, "-o", file, "-y", "-xx", "-s", $"{bytes}",
        "-e", "trace=pwrite64,pwritev,pwritev2,write,writev,ftruncate,fallocate,fsync,fdatasync,unlink,sendto,sendmsg", "-e", "signal=none");

    /// <summary>Makes these calls fail without doing anything, from the n-th of each thread on, until it detaches.</summary>
    public static Task<Strace> FailAsync(RunningServer server, string calls, string error, int from = 1) => AttachAsync(
        server, "-o", "/dev/null", "-e", $"trace={calls}", "-e", $"inject={calls}:error={error}:when={from}+", "-e", "signal=none");

    /// <summary>Lets go of the process, which goes on; a process that was killed meanwhile is let go already.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = RunningServer.Kill(_process.Id, Interrupt);
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private static async Task<Strace> AttachAsync(RunningServer server, params string[] options)
    {
        var start = new ProcessStartInfo("strace", ["-f", "-p", $"{server.Id}", .. options]) { RedirectStandardError = true };
        var process = Process.Start(start)!;
        var line = await process.StandardError.ReadLineAsync().WaitAsync(Patience);
        Assert.True(line?.Contains("attached", StringComparison.Ordinal), $"strace is not allowed to attach: {line}");
        _ = process.StandardError.ReadToEndAsync();
        return new Strace(process);
    }
}
