namespace Latchkey.Storage.Sqlite;

/// <summary>What can be said about the directory and the file before SQLite opens it.</summary>
internal static class SqliteFile
{
    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    /// <exception cref="StartupException">This is not a place to keep a database, or not a database.</exception>
    public static void Check(StorageOptions options)
    {
        var directory = Path.GetFullPath(options.DataDirectory);
        try
        {
            RefuseUnseen(directory, options.DatabaseFile);
            Check(directory, options);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw Unreadable(options, denied);
        }
    }

    /// <summary>What somebody is told who is not the user that the server runs as.</summary>
    public static StartupException Unreadable(StorageOptions options, UnauthorizedAccessException denied) =>
        new($"{Path.GetFullPath(options.DataDirectory)} cannot be read by this user. Run this as the user who owns it (sudo -u OWNER latchkey …).", denied);

    /// <summary>Makes what is not there, for its owner only.</summary>
    public static void Create(StorageOptions options)
    {
        if (!Directory.Exists(options.DataDirectory))
        {
            OwnerOnlyFiles.CreateDirectory(options.DataDirectory);
        }
        else if (File.Exists(options.DatabaseFile) || !Directory.EnumerateFileSystemEntries(options.DataDirectory).Any())
        {
            // Ours already, or made for us. A directory that holds other things (a home, /tmp) is not ours to close.
            OwnerOnlyFiles.RestrictDirectory(options.DataDirectory);
        }

        OwnerOnlyFiles.CreateFile(options.DatabaseFile);
        OwnerOnlyFiles.Restrict(options.DatabaseFile);
    }

    // To whom access is denied, a file is not there, says File.Exists: that would be read as an empty directory.
    private static void RefuseUnseen(string directory, string database)
    {
        try
        {
            File.GetAttributes(database);
        }
        catch (IOException)
        {
            // It is not there, which is for others to judge.
        }

        if (Directory.Exists(directory))
        {
            using var entries = Directory.EnumerateFileSystemEntries(directory).GetEnumerator();
            entries.MoveNext();
        }
    }

    private static void Check(string directory, StorageOptions options)
    {
        if (File.Exists(directory))
        {
            throw new StartupException($"{directory} is a file. Name a directory to keep the data in (--data).");
        }

        if (!Directory.Exists(directory))
        {
            return;
        }

        RefuseReadOnly(directory, "directory");
        if (Directory.Exists(options.DatabaseFile))
        {
            throw new StartupException($"{options.DatabaseFile} is a directory where the database file should be. Move it away or name another data directory (--data).");
        }

        if (File.Exists(options.DatabaseFile))
        {
            RefuseReadOnly(options.DatabaseFile, "database");
            RefuseOtherFormats(options.DatabaseFile);
        }
    }

    private static void RefuseReadOnly(string path, string what)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserWrite) == 0)
        {
            throw new StartupException($"The {what} {path} is read-only. Run: chmod u+w '{path}' ; or name another data directory (--data).");
        }
    }

    private static void RefuseOtherFormats(string path)
    {
        Span<byte> start = stackalloc byte[16];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);

        // Empty is what a process killed at its very start leaves.
        if (length > 0 && !start[..length].SequenceEqual(Header))
        {
            throw new StartupException($"{path} is not a database. Move it away, or restore latchkey.db from your backup.");
        }
    }
}
