using System.Security.Cryptography;
using System.Xml.Linq;
using Latchkey.Storage.Examination;
using Latchkey.Storage.Model;
using Latchkey.Storage.Moving;
using Latchkey.Storage.Tokens;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>
/// Refusals come first and change nothing. Of several nodes that start at once one makes the schema ready and the others wait;
/// a kill leaves either all of it or nothing.
/// </summary>
internal sealed class PostgresDatabase(
    PostgresConnections connections, Func<PostgresDbContext> open, Func<KeyFile> keyFile, Func<TokenKeyWrapping> wrapping, TimeProvider clock) : Database
{
    public override async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        var key = keyFile();
        try
        {
            // No timeout of the driver's: changing a large table takes as long as it takes, and waiting for its lock is bounded.
            await using var connection = connections.Apart(s => s.CommandTimeout = 0);
            await connection.OpenAsync(cancellationToken);
            await RefuseStandbyAsync(connection, cancellationToken);

            // Two, as the key ring writes its first key over a connection of its own, which has to see its table.
            await AloneAsync(connection, () => MakeTablesAsync(connection, key, cancellationToken), cancellationToken);
            await AloneAsync(connection, () => MakeKeysAsync(connection, cancellationToken), cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw PostgresRefusals.Of(exception, connections.Settings);
        }
        catch (StorageUnavailableException exception) when (exception.InnerException is NpgsqlException failure)
        {
            throw PostgresRefusals.Of(failure, connections.Settings);
        }
    }

    public override async Task<IReadOnlyList<string>> DurabilityWarningsAsync(CancellationToken cancellationToken = default) =>
        [.. (await PostgresDurability.ReadAsync(connections, cancellationToken)).Warnings()];

    internal override Task<bool> ExamineAsync(Findings findings, CancellationToken cancellationToken) =>
        new PostgresExamination(this, connections, keyFile, clock).RunAsync(findings, cancellationToken);

    /// <summary>Which changes of the schema it has had.</summary>
    /// <exception cref="StartupException">It is another program's database, a newer version's, or one that is still being filled.</exception>
    public static async Task<IReadOnlyList<string>> RefuseUnknownAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await PostgresSchema.IsForeignAsync(connection, cancellationToken))
        {
            throw new StartupException("The database holds another program's tables. Give Latchkey a database, or a schema (Search Path=…), of its own.");
        }

        await MoveMark.RefuseUnfinishedAsync(connection, cancellationToken);
        var applied = await PostgresSchema.AppliedAsync(connection, cancellationToken);
        return applied.Except(PostgresSchema.Migrations).FirstOrDefault() is { } unknown
            ? throw new StartupException(
                $"The database was written by a newer version (it has had the change {unknown}). Run that version, or restore a backup made by this one.")
            : applied;
    }

    /// <summary>While no other node starts: the lock ends with the transaction, also behind a pooler, which keeps the session.</summary>
    private async Task AloneAsync(NpgsqlConnection connection, Func<Task> work, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SET LOCAL lock_timeout = {(int)connections.Options.BusyTimeout.TotalMilliseconds}", cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({PostgresLocks.Prepare})", cancellationToken);
        await work();
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task MakeTablesAsync(NpgsqlConnection connection, KeyFile key, CancellationToken cancellationToken)
    {
        var applied = await RefuseUnknownAsync(connection, cancellationToken);
        if (applied.Count > 0)
        {
            await RefuseWithoutKeyRingAsync(connection, key, cancellationToken);
        }

        if (applied.Count < PostgresSchema.Migrations.Count)
        {
            await using var context = open();
            await ExecuteAsync(connection, PostgresSchema.Script(context, applied), cancellationToken);
        }
    }

    private async Task MakeKeysAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Once more: between the two steps a move may have begun to fill it again.
        await MoveMark.RefuseUnfinishedAsync(connection, cancellationToken);
        await AddFirstKeyAsync(connection, cancellationToken);
        await MoveMark.TakeOverAsync(connection, cancellationToken);
    }

    private async Task RefuseStandbyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connections.MustWrite
            && (await RowsAsync(connection, "SELECT current_setting('transaction_read_only')::bool", row => row.GetBoolean(0), cancellationToken))[0])
        {
            throw new StartupException(PostgresRefusals.ReadOnly(connections.Settings));
        }
    }

    /// <exception cref="StartupException">The ring is not there, or does not open the token keys.</exception>
    public async Task RefuseWithoutKeyRingAsync(NpgsqlConnection connection, KeyFile key, CancellationToken cancellationToken)
    {
        var ring = await RowsAsync(connection, "SELECT xml FROM key_ring", row => XElement.Parse(row.GetString(0)), cancellationToken);
        var keys = await TokenKeysAsync(connection, cancellationToken);
        if (keys.Count == 0)
        {
            if ((await RowsAsync(connection, "SELECT 1 FROM grants LIMIT 1", _ => true, cancellationToken)).Count > 0)
            {
                throw new StartupException("The database holds grants but none of the keys that seal their tokens. Restore the database from your backup.");
            }

            return;
        }

        if (ring.Count == 0)
        {
            throw new StartupException(PostgresKeyRing.Missing);
        }

        // Asked of the ring itself: Data Protection passes over a key that it cannot read, and makes a new one.
        foreach (var element in ring.SelectMany(r => r.Descendants(KeyFileEncryptor.Element)))
        {
            try
            {
                key.Decrypt(Convert.FromBase64String(element.Value));
            }
            catch (Exception exception) when (exception is CryptographicException or FormatException)
            {
                throw new StartupException(PostgresKeyRing.Wrong, exception);
            }
        }

        foreach (var row in keys)
        {
            wrapping().Unwrap(row);
        }
    }

    private async Task AddFirstKeyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if ((await TokenKeysAsync(connection, cancellationToken)).Count > 0)
        {
            return;
        }

        var row = wrapping().NewKey(1, clock.GetUtcNow());
        await using var insert = new NpgsqlCommand("INSERT INTO token_keys (id, wrapped, activated_at) VALUES ($1, $2, $3)", connection);
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = row.Id });
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = row.Wrapped });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = row.ActivatedAt });
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task<List<TokenKeyRow>> TokenKeysAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => RowsAsync(
        connection,
        "SELECT id, wrapped, activated_at FROM token_keys",
        row => new TokenKeyRow { Id = row.GetInt64(0), Wrapped = row.GetFieldValue<byte[]>(1), ActivatedAt = row.GetFieldValue<DateTimeOffset>(2) },
        cancellationToken);

    private static async Task<List<T>> RowsAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

#pragma warning disable CA2100 // Constants of this project only, and the script made from its migrations.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}
