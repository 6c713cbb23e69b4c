using Latchkey.Storage.Examination;
using Latchkey.Storage.Model;
using Latchkey.Storage.Tokens;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Sqlite;

/// <summary>Refusals come first and change nothing; then everything is made in one transaction.</summary>
internal sealed class SqliteDatabase(
    SqliteConnections connections, Func<SqliteDbContext> open, Func<TokenKeyWrapping> wrapping, SqliteSyncs syncs, TimeProvider clock)
    : Database
{
    private readonly StorageOptions _options = connections.Options;

    public override async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(_options.DataDirectory))
        {
            throw new StartupException("No data directory is named. Name one (--data).");
        }

        try
        {
            SqliteFile.Check(_options);
            KeyRingFiles.RefuseReadableByOthers(_options.KeysDirectory);
            if (File.Exists(_options.DatabaseFile))
            {
                using var existing = connections.Open(SqliteOpenMode.ReadWrite);
                RefuseUnfit(existing);
            }

            SqliteFile.Create(_options);

            // The only connection yet: when it closes, SQLite folds what a killed server left in the log into the database.
            using var connection = connections.Open(SqliteOpenMode.ReadWrite);
            await UseWriteAheadLogAsync(connection, cancellationToken);
            Prepare(connection);
        }
        catch (SqliteException exception)
        {
            throw Refusal(exception);
        }
        catch (StorageUnavailableException exception) when (exception.InnerException is SqliteException failure)
        {
            throw Refusal(failure);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data directory {Path.GetFullPath(_options.DataDirectory)} cannot be used: {exception.Message} Make it writable or name another (--data).",
                exception);
        }
    }

    public override string? WritesEnded => syncs.HaveFailed ? SqliteSyncs.Failed : null;

    // Every connection that writes sets synchronous=FULL.
    public override Task<IReadOnlyList<string>> DurabilityWarningsAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    internal override Task<bool> ExamineAsync(Findings findings, CancellationToken cancellationToken) =>
        Task.FromResult(new SqliteExamination(this, connections).Run(findings));

    /// <exception cref="StartupException">The database is not this version's to use, or the key ring does not open its keys.</exception>
    public void RefuseUnfit(SqliteConnection connection)
    {
        RefuseUnknown(connection);
        RefuseWithoutKeyRing(connection);
    }

    /// <exception cref="StartupException">It is another program's database, or a newer version's.</exception>
    public void RefuseUnknown(SqliteConnection connection)
    {
        if (SqliteSchema.IsForeign(connection))
        {
            throw new StartupException($"{_options.DatabaseFile} is another program's database. Name another data directory (--data).");
        }

        if (SqliteSchema.Applied(connection).Except(SqliteSchema.Migrations).FirstOrDefault() is { } unknown)
        {
            throw new StartupException(
                $"{_options.DatabaseFile} was written by a newer version (it has had the change {unknown}). Run that version, or restore a backup made by this one.");
        }
    }

    /// <summary>How many token keys it opens.</summary>
    /// <exception cref="StartupException">The key ring does not open them all.</exception>
    public int RefuseWithoutKeyRing(SqliteConnection connection)
    {
        if (!SqliteSchema.Exists(connection, "token_keys"))
        {
            return 0;
        }

        var rows = TokenKeys(connection);
        if (rows.Count == 0)
        {
            using var grants = new Statement(connection, "SELECT 1 FROM grants LIMIT 1");
            if (grants.Step())
            {
                throw new StartupException("The database holds grants but none of the keys that seal their tokens. Restore latchkey.db from your backup.");
            }

            return 0;
        }

        // New keys must never be made silently over grants that old ones sealed.
        if (KeyRingFiles.IsEmpty(_options.KeysDirectory))
        {
            throw new StartupException(KeyRingFiles.Missing);
        }

        foreach (var row in rows)
        {
            if (TokenKeyWrapping.RingKeyOf(row.Wrapped) is not { } key || !KeyRingFiles.Holds(_options.KeysDirectory, key))
            {
                throw new StartupException(KeyRingFiles.Wrong);
            }

            wrapping().Unwrap(row);
        }

        return rows.Count;
    }

    // Changing the mode needs the file alone for a moment, and SQLite does not wait for that by itself.
    private async Task UseWriteAheadLogAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)_options.BusyTimeout.TotalMilliseconds;
        while (true)
        {
            try
            {
                using var mode = new Statement(connection, "PRAGMA journal_mode=WAL");
                mode.Step();
                return;
            }
            catch (StorageUnavailableException) when (Environment.TickCount64 < deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }
        }
    }

    /// <summary>The write lock makes several starting processes take turns; a kill rolls all of it back.</summary>
    private void Prepare(SqliteConnection connection)
    {
        SqliteConnections.Execute(connection, "BEGIN IMMEDIATE");
        RefuseUnfit(connection);
        var applied = SqliteSchema.Applied(connection);
        if (applied.Count < SqliteSchema.Migrations.Count)
        {
            using var context = open();
            SqliteConnections.Execute(connection, SqliteSchema.Script(context, applied));
        }

        if (TokenKeys(connection).Count == 0)
        {
            var row = wrapping().NewKey(1, clock.GetUtcNow());
            using var insert = new Statement(connection, "INSERT INTO token_keys (id, wrapped, activated_at) VALUES (?1, ?2, ?3)");
            insert.Bind(1, row.Id);
            insert.Bind(2, row.Wrapped);
            insert.Bind(3, row.ActivatedAt);
            insert.Execute();
        }

        SqliteConnections.Execute(connection, "COMMIT");
    }

    private static List<TokenKeyRow> TokenKeys(SqliteConnection connection)
    {
        using var statement = new Statement(connection, "SELECT id, wrapped, activated_at FROM token_keys");
        var rows = new List<TokenKeyRow>();
        while (statement.Step())
        {
            rows.Add(new TokenKeyRow { Id = statement.Int64(0), Wrapped = statement.Bytes(1), ActivatedAt = statement.Time(2) });
        }

        return rows;
    }

    /// <summary>What an operator is told of it.</summary>
    public StartupException Refusal(SqliteException exception) => new(
        exception.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                $"{_options.DatabaseFile} is locked by another process. Stop it, or try again when it is done.",
            SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN =>
                $"{_options.DatabaseFile} cannot be written. Make the data directory and its files writable, or name another (--data).",
            SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
                $"{_options.DatabaseFile} is damaged or not a database. Move it away, or restore latchkey.db from your backup.",
            SQLitePCL.raw.SQLITE_FULL => $"The disk that holds {_options.DatabaseFile} is full. Free some space and start again.",
            _ => $"{_options.DatabaseFile} cannot be used: {exception.Message}",
        },
        exception);
}
