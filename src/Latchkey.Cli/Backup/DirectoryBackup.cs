using Latchkey.Storage;
using Latchkey.Storage.Backups;

namespace Latchkey.Cli.Backup;

/// <summary>The backup of a data directory: SQLite's database as it stood at one moment, and the key ring it needs.</summary>
internal static class DirectoryBackup
{
    /// <summary>With <paramref name="keys"/>, the key ring goes there and not into <paramref name="file"/>.</summary>
    public static long Write(StorageOptions options, NewFile file, NewFile? keys)
    {
        // The keys after the database: what it was sealed with is among them, even when the ring grew meanwhile.
        var database = file.Beside("latchkey.db");
        SqliteCopy.Write(options, database);
        using (var archive = new Archive(file.Create()))
        {
            archive.AddDatabase(database);
            if (keys is null)
            {
                archive.AddKeys(options.KeysDirectory);
            }
        }

        if (keys is null)
        {
            return file.Finish();
        }

        using (var archive = new Archive(keys.Create()))
        {
            archive.AddKeys(options.KeysDirectory);
        }

        keys.Finish();
        try
        {
            return file.Finish();
        }
        catch
        {
            // Half a backup would look like one.
            File.Delete(keys.Target);
            throw;
        }
    }
}
