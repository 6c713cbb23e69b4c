using System.Runtime.Versioning;

// Signals, mounts and system calls are what is tested here.
[assembly: UnsupportedOSPlatform("windows")]

namespace Latchkey.Faults.Tests;

internal static class DirectoryCopy
{
    /// <summary>Copies a data directory with its modes.</summary>
    public static void Make(string from, string to)
    {
        var source = new DirectoryInfo(from);
        Directory.CreateDirectory(to, source.UnixFileMode);
        foreach (var file in source.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var inner in source.EnumerateDirectories())
        {
            Make(inner.FullName, Path.Combine(to, inner.Name));
        }
    }
}
