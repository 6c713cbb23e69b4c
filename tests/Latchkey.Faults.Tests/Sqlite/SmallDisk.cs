using System.Diagnostics;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>
/// A filesystem that is soon full: a small tmpfs, or, where nobody may mount one, the small <c>/dev/shm</c> that containers have.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const long MostToFill = 256 << 20;

    private readonly TempDirectory _temporary = new();
    private bool _mounted;

    private SmallDisk() => Directory = _temporary.In("disk");

    public string Directory { get; private set; }

    public static async Task<SmallDisk> MakeAsync()
    {
        var disk = new SmallDisk();
        System.IO.Directory.CreateDirectory(disk.Directory);
        disk._mounted = await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "latchkey", disk.Directory);
        if (!disk._mounted)
        {
            var shared = new DriveInfo("/dev/shm");
            Assert.True(
                shared.TotalSize <= MostToFill, "No small filesystem to fill: allow to mount one (as root), or give a /dev/shm of at most 256 MB.");
            disk.Directory = System.IO.Directory.CreateDirectory(Path.Combine("/dev/shm", Path.GetFileName(disk._temporary.Root))).FullName;
        }

        return disk;
    }

    /// <summary>Takes all the space that is left, until disposed.</summary>
    public IDisposable Fill()
    {
        var ballast = new FileStream(
            Path.Combine(Directory, "ballast"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(block);
            }
        }
        catch (IOException)
        {
            return ballast;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
        {
            Assert.True(await RunAsync("umount", Directory));
        }
        else
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }

        _temporary.Dispose();
    }

    private static async Task<bool> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
