using System.Formats.Tar;

namespace Latchkey.Cli.Backup;

/// <summary>What a data directory holds, as one tar file that unpacks to a data directory: nothing in it is another user's to read.</summary>
internal sealed class Archive(Stream stream) : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TarWriter _tar = new(stream, TarEntryFormat.Pax);

    public void AddDatabase(string file) => Add(file, "latchkey.db");

    public void AddKeys(string directory)
    {
        _tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "keys/") { Mode = OwnersFile | UnixFileMode.UserExecute });
        foreach (var file in Directory.EnumerateFiles(directory, "*.xml").Order(StringComparer.Ordinal))
        {
            Add(file, $"keys/{Path.GetFileName(file)}");
        }
    }

    public void Dispose() => _tar.Dispose();

    private void Add(string file, string name)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            Mode = OwnersFile,
            ModificationTime = File.GetLastWriteTimeUtc(file),
            DataStream = content,
        });
    }
}
