using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Cli.Tests;

internal sealed class TempDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("latchkey-cli-");

    public string Root => _directory.FullName;

    /// <summary>A data directory that is not there yet.</summary>
    public string Data => In("data");

    public string In(string name) => Path.Combine(Root, name);

    /// <summary>Every file below, with its content, as one text: equal texts, nothing changed.</summary>
    public string Fingerprint() => string.Join('\n', _directory.EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .OrderBy(f => f.FullName, StringComparer.Ordinal)
        .Select(f => $"{f.FullName} {f.UnixFileMode} {(f is FileInfo file ? Hash(file) : "directory")}"));

    public void Dispose() => _directory.Delete(recursive: true);

    private static string Hash(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
