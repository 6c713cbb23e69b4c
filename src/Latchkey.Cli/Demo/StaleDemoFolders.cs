namespace Latchkey.Cli.Demo;

/// <summary>
/// Takes away what demos left behind that were killed. A living demo holds a lock on a file in its folder, which the system
/// lets go of however the process ends; a folder without that file is nobody's to judge and stays.
/// </summary>
internal static class StaleDemoFolders
{
    public const string Prefix = "latchkey-demo-";

    private const string LockFile = "demo.lock";

    /// <exception cref="IOException">Somebody else holds it, or (when opening) there is none.</exception>
    public static FileStream Lock(string folder, FileMode mode) =>
        new(Path.Combine(folder, LockFile), mode, FileAccess.ReadWrite, FileShare.None);

    public static void Sweep()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Temporary folders are each user's own there, and the system empties them.
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                if (IsOwn(folder))
                {
                    Remove(folder, Lock(folder, FileMode.Open));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It lives, or it resists: the demo that starts now can do without its place.
            }
        }
    }

    /// <summary>The lock goes last, so that what a kill interrupts here is found again by the next one.</summary>
    public static void Remove(string folder, FileStream living)
    {
        using (living)
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => e.Name != LockFile).ToList())
            {
                if (entry is DirectoryInfo directory)
                {
                    directory.Delete(recursive: true);
                }
                else
                {
                    entry.Delete();
                }
            }
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another demo found it without a lock and was faster.
        }
    }

    // A folder of somebody else, or one that others may write to, can change under the hands of who deletes in it: a link put in
    // place of a directory would lead root out of /tmp. So: a directory, not a link to one, ours, and closed to everybody else.
    private static bool IsOwn(string folder)
    {
        const ushort closedDirectory = 0x4000 | 0x1C0;   // drwx------
        return UnixFile.At(folder) == new UnixFile(UnixFile.CurrentUser, closedDirectory);
    }
}
