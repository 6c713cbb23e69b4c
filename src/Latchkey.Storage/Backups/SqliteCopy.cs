using Latchkey.Storage.Sqlite;
using Latchkey.Storage.Tokens;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Backups;

/// <summary>A copy of the SQLite database as it stood at one moment, made while a server may be writing to it.</summary>
public static class SqliteCopy
{
    /// <summary>Copies the database in <paramref name="options"/>' data directory into the new file <paramref name="file"/>. Changes nothing there.</summary>
    /// <exception cref="StartupException">There is no database to copy, or the copy would be of no use; the message says why.</exception>
    public static void Write(StorageOptions options, string file)
    {
        ArgumentNullException.ThrowIfNull(options);
        SqliteFile.Check(options);
        if (!File.Exists(options.DatabaseFile))
        {
            throw new StartupException($"There is no Latchkey database in {Path.GetFullPath(options.DataDirectory)}.");
        }

        try
        {
            // One step for all pages: under the write-ahead log that is one moment, and writers need not wait for it.
            using var source = new SqliteConnections(Options.Create(options)).Open(SqliteOpenMode.ReadWrite);
            if (!SqliteSchema.Exists(source, "token_keys"))
            {
                throw new StartupException($"{options.DatabaseFile} is not a Latchkey database.");
            }

            using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
            copy.Open();
            source.BackupDatabase(copy);

            // One file and no log beside it, whatever the original has.
            using var mode = new Statement(copy, "PRAGMA journal_mode=DELETE");
            mode.Step();
            RefuseUseless(copy, options);
        }
        catch (SqliteException exception)
        {
            throw new StartupException($"{options.DatabaseFile} cannot be copied: {exception.Message}", exception);
        }
    }

    // Found out now, and not on the day the backup is needed.
    private static void RefuseUseless(SqliteConnection copy, StorageOptions options)
    {
        using var check = new Statement(copy, "PRAGMA quick_check(1)");
        if (!check.Step() || check.Text(0) != "ok")
        {
            throw new StartupException($"{options.DatabaseFile} is damaged ({check.Text(0)}). Keep what you have, and your last good backup.");
        }

        using var keys = new Statement(copy, "SELECT wrapped FROM token_keys");
        while (keys.Step())
        {
            if (TokenKeyWrapping.RingKeyOf(keys.Bytes(0)) is not { } key || !KeyRingFiles.Holds(options.KeysDirectory, key))
            {
                throw new StartupException(KeyRingFiles.IsEmpty(options.KeysDirectory) ? KeyRingFiles.Missing : KeyRingFiles.Wrong);
            }
        }
    }
}
