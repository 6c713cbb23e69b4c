using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace Latchkey.Storage.Tokens;

/// <summary>The Data Protection key ring as files that only their owner reads.</summary>
internal sealed class KeyRingFiles : IXmlRepository
{
    public const string Missing =
        "The key ring is missing although the database holds keys sealed with it. Restore the directory 'keys' beside latchkey.db "
        + "from your backup; without it no token or session can be read.";

    public const string Wrong =
        "The key ring does not open the keys in the database. Restore the directory 'keys' that belongs to this latchkey.db.";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    private readonly string _directory;
    private readonly Lazy<FileSystemXmlRepository> _files;

    public KeyRingFiles(string directory, ILoggerFactory loggers)
    {
        _directory = directory;

        // Not before it is used: a start that is refused leaves nothing behind, and services may be built before that.
        _files = new Lazy<FileSystemXmlRepository>(() =>
        {
            OwnerOnlyFiles.CreateDirectory(directory);
            return new FileSystemXmlRepository(new DirectoryInfo(directory), loggers);
        });
    }

    public IReadOnlyCollection<XElement> GetAllElements() => _files.Value.GetAllElements();

    // Not as the framework does it: its way leads through the system's temporary folder, where a key has no business to be and a
    // server that may write to its own directory alone cannot go.
    public void StoreElement(XElement element, string friendlyName)
    {
        OwnerOnlyFiles.CreateDirectory(_directory);
        var unfinished = Path.Combine(_directory, friendlyName + ".unfinished");
        OwnerOnlyFiles.CreateFile(unfinished);
        using (var file = new FileStream(unfinished, FileMode.Truncate, FileAccess.Write))
        {
            element.Save(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Path.Combine(_directory, friendlyName + ".xml"), overwrite: true);
    }

    /// <summary>Whether the ring has the key, asked without Data Protection, which would make a new ring where it finds none.</summary>
    public static bool Holds(string directory, Guid key) => File.Exists(Path.Combine(directory, $"key-{key:D}.xml"));

    public static bool IsEmpty(string directory) =>
        !Directory.Exists(directory) || !Directory.EnumerateFiles(directory, "key-*.xml").Any();

    /// <exception cref="StartupException">Someone else may read a key.</exception>
    public static void RefuseReadableByOthers(string directory)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(directory))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(directory, "*.xml"))
        {
            if ((File.GetUnixFileMode(file) & Others) != 0)
            {
                throw new StartupException(
                    $"The key file {file} is open to other users of this machine. Run: chmod 600 '{file}' ; and rotate the keys if one of them may have read it.");
            }
        }
    }
}
