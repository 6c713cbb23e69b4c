using Latchkey.Storage.Examination;
using Latchkey.Storage.Tokens;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Sqlite;

/// <summary>Reads what a start would read of the data directory, in the same order, and goes no further.</summary>
internal sealed class SqliteExamination(SqliteDatabase database, SqliteConnections connections)
{
    private readonly StorageOptions _options = connections.Options;

    /// <summary>True when the database is there and of this version.</summary>
    public bool Run(Findings findings)
    {
        var directory = Path.GetFullPath(_options.DataDirectory);
        if (!findings.Look("data", () => SqliteFile.Check(_options)))
        {
            return false;
        }

        if (!File.Exists(_options.DatabaseFile))
        {
            findings.Wrong("data", $"There is no Latchkey database in {directory}. Name the directory of your server, or begin one with: latchkey serve --data {directory}");
            return false;
        }

        findings.Right("data", $"In {directory}.");
        var behind = 0;
        if (!findings.Look("database", () => behind = Read(Behind)))
        {
            return false;
        }

        if (behind > 0)
        {
            findings.Doubtful("database", "Of an earlier version. Make a backup (latchkey backup FILE); the next start brings it up to this one.");
        }
        else
        {
            findings.Right("database", $"SQLite, of this version, {new FileInfo(_options.DatabaseFile).Length / 1_000_000.0:0.#} MB.");
        }

        var keys = 0;
        if (findings.Look("key ring", () => keys = Read(Open)))
        {
            findings.Right("key ring", $"Opens every key that seals tokens ({keys}).");
        }

        return behind == 0;
    }

    private int Behind(SqliteConnection connection)
    {
        database.RefuseUnknown(connection);
        return SqliteSchema.Migrations.Count - SqliteSchema.Applied(connection).Count;
    }

    private int Open(SqliteConnection connection)
    {
        KeyRingFiles.RefuseReadableByOthers(_options.KeysDirectory);
        return database.RefuseWithoutKeyRing(connection);
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            // Not read-only: SQLite could then not read what only the write-ahead log has.
            using var connection = connections.Open(SqliteOpenMode.ReadWrite);

            // The write lock, for a moment: a database that nobody may write to can still be read.
            SqliteConnections.Execute(connection, "BEGIN IMMEDIATE; ROLLBACK; PRAGMA query_only=ON");
            return read(connection);
        }
        catch (SqliteException exception)
        {
            throw database.Refusal(exception);
        }
        catch (StorageUnavailableException exception) when (exception.InnerException is SqliteException failure)
        {
            throw database.Refusal(failure);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw SqliteFile.Unreadable(_options, exception);
        }
    }
}
