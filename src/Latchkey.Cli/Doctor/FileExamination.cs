using System.Runtime.Versioning;
using Latchkey.Storage;
using Latchkey.Storage.Examination;

namespace Latchkey.Cli.Doctor;

/// <summary>The files of a data directory, and the disk they lie on.</summary>
internal static class FileExamination
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static void Run(StorageOptions options, Findings findings)
    {
        if (!Directory.Exists(options.DataDirectory))
        {
            return;
        }

        var directory = Path.GetFullPath(options.DataDirectory);
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                var database = Directory.EnumerateFiles(directory, "latchkey.db*").ToList();
                Permissions(database, findings);
                Owners(directory, database.Concat(KeysOf(options)), findings);
            }
            catch (UnauthorizedAccessException)
            {
                // The look at the data itself has found that, and says what to do.
            }
        }

        Disk(new DriveInfo(directory), findings);
    }

    /// <summary>Room for the write-ahead log to grow to its limit and be folded back, and for a warning to be read in time.</summary>
    public static void Room(long free, Findings findings)
    {
        const long least = 200_000_000, little = 1_000_000_000;
        var says = $"{free / 1_000_000.0:0} MB free.";
        switch (free)
        {
            case < least:
                findings.Wrong("disk", $"{says} Writes will soon be refused: free some space, or move the data directory to a larger disk.");
                break;
            case < little:
                findings.Doubtful("disk", $"{says} Free some space before it is needed.");
                break;
            default:
                findings.Right("disk", says);
                break;
        }
    }

    private static IEnumerable<string> KeysOf(StorageOptions options) =>
        Directory.Exists(options.KeysDirectory) ? Directory.EnumerateFiles(options.KeysDirectory, "*.xml") : [];

    // The keys' permissions are the key ring's matter: a start refuses them.
    [UnsupportedOSPlatform("windows")]
    private static void Permissions(List<string> database, Findings findings)
    {
        if (database.Find(f => (File.GetUnixFileMode(f) & Others) != 0) is { } open)
        {
            findings.Wrong("permissions", $"{open} is open to other users of this machine. Run: chmod 600 '{open}'");
        }
        else if (database.Count > 0)
        {
            findings.Right("permissions", "Nobody but its owner can open the database.");
        }
    }

    // What one user's command left behind, another user's server cannot read.
    private static void Owners(string directory, IEnumerable<string> files, Findings findings)
    {
        if (UnixFile.At(directory) is not { } owner)
        {
            return;
        }

        if (files.FirstOrDefault(f => UnixFile.At(f) is { } file && file.Owner != owner.Owner) is { } other)
        {
            findings.Wrong("owner", $"{other} belongs to another user than the directory. Run as root: chown -R --reference='{directory}' '{directory}'");
        }
        else if (owner.Owner != UnixFile.CurrentUser)
        {
            findings.Doubtful("owner", $"The files belong to the user {owner.Owner} and you are {UnixFile.CurrentUser}: what your commands make, the server may not be able to read. Run them as that user (sudo -u '#{owner.Owner}' latchkey …).");
        }
        else
        {
            findings.Right("owner", "The files belong to you.");
        }
    }

    private static void Disk(DriveInfo drive, Findings findings)
    {
        switch (drive.DriveType)
        {
            case DriveType.Network:
                findings.Wrong("disk", $"The data directory is on a network file system ({drive.DriveFormat}), where SQLite's locks do not hold. Move it to a local disk, or use PostgreSQL (--database).");
                break;
            case DriveType.Ram:
                findings.Doubtful("disk", "The data directory is in memory: it is gone when this machine restarts. Move it to a disk.");
                break;
            default:
                break;
        }

        Room(drive.AvailableFreeSpace, findings);
    }
}
