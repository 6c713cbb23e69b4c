using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Latchkey.Cli.Backup;

/// <summary>
/// A file that is there whole or not at all: written beside its place, where nobody else reads it, and moved there when all of it
/// is on the disk. Never takes the place of another file.
/// </summary>
internal sealed partial class NewFile : IDisposable
{
    private readonly string _target;
    private readonly DirectoryInfo _beside;

    private NewFile(string target, DirectoryInfo beside)
    {
        _target = target;
        _beside = beside;
    }

    public string Target => _target;

    /// <summary>A name for the file until it is finished.</summary>
    public string Unfinished => Beside("unfinished");

    /// <exception cref="IOException">There is something at <paramref name="target"/> already, or its directory cannot be written.</exception>
    public static NewFile At(string target)
    {
        target = Path.GetFullPath(target);
        if (Path.Exists(target))
        {
            throw new IOException($"{target} is there already.");
        }

        var directory = Path.GetDirectoryName(target) ?? throw new IOException($"{target} is no file.");
        if (!Directory.Exists(directory))
        {
            throw new IOException($"There is no directory {directory}.");
        }

        var beside = Path.Combine(directory, $".{Path.GetFileName(target)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        return new NewFile(target, OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(beside)
            : Directory.CreateDirectory(beside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    /// <summary>A name for something that is needed on the way and goes with it.</summary>
    public string Beside(string name) => Path.Combine(_beside.FullName, name);

    /// <summary>Opens it for writing; readable by its owner only from the first moment.</summary>
    public FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Unfinished, options);
    }

    /// <summary>Moves it to its place once it is on the disk; returns its size in bytes.</summary>
    /// <exception cref="IOException">Something has come to be there meanwhile.</exception>
    public long Finish()
    {
        long size;
        using (var written = new FileStream(Unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            written.Flush(flushToDisk: true);
            size = written.Length;
        }

        File.Move(Unfinished, _target, overwrite: false);
        Settle(Path.GetDirectoryName(_target)!);
        return size;
    }

    public void Dispose() => _beside.Delete(recursive: true);

    // The name is an entry of the directory, which has to reach the disk as the content has. .NET opens no directories.
    private static void Settle(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(directory, 0);
        if (handle < 0 || Sync(handle) != 0)
        {
            var problem = Marshal.GetLastPInvokeErrorMessage();
            throw new IOException($"{directory} cannot be written to the disk: {problem}");
        }

        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
