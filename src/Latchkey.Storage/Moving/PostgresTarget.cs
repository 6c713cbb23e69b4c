using System.Globalization;
using System.Runtime.CompilerServices;
using Latchkey.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Latchkey.Storage.Moving;

/// <summary>
/// The PostgreSQL database that is filled. Holds the lock under which servers start, so none does meanwhile; a batch is a
/// transaction, and a kill between two leaves what the next run goes on from.
/// </summary>
internal sealed class PostgresTarget : IAsyncDisposable
{
    private const int Batch = 5000;

    private readonly NpgsqlConnection _reads;
    private readonly NpgsqlConnection _writes;

    private PostgresTarget(NpgsqlConnection reads, NpgsqlConnection writes)
    {
        _reads = reads;
        _writes = writes;
    }

    /// <summary>Makes the tables and the mark when there is nothing there.</summary>
    /// <param name="source">Which SQLite database this is about.</param>
    /// <exception cref="StartupException">Somebody works on the database, or it is not this move's to fill.</exception>
    public static async Task<PostgresTarget> OpenAsync(
        PostgresConnections connections, PostgresDbContext model, string source, CancellationToken cancellationToken)
    {
        var target = new PostgresTarget(Patient(connections), Patient(connections));
        try
        {
            await target._writes.OpenAsync(cancellationToken);
            await target._reads.OpenAsync(cancellationToken);
            await target.PrepareAsync(model, source, cancellationToken);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    public NpgsqlConnection Connection => _writes;

    public async Task<long> CountAsync(MoveTable table, CancellationToken cancellationToken) =>
        (long)(await ScalarAsync(table.Count, cancellationToken))!;

    public async IAsyncEnumerable<MoveRow> RowsAsync(MoveTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command(_reads, table.Select);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new object?[table.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = reader.IsDBNull(i) ? null : table.Columns[i].Type switch
                {
                    NpgsqlDbType.TimestampTz => reader.GetFieldValue<DateTimeOffset>(i),
                    NpgsqlDbType.Jsonb => table.Columns[i].Normalize!(reader.GetString(i)),
                    _ => reader.GetValue(i),
                };
            }

            yield return new MoveRow(table, values);
        }
    }

    /// <summary>Deletes what is given, and by the foreign keys what belongs to it.</summary>
    public async Task DeleteAsync(MoveTable table, IAsyncEnumerable<MoveRow> rows, CancellationToken cancellationToken)
    {
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            await using var commands = new NpgsqlBatch(_writes);
            foreach (var row in batch)
            {
                var delete = new NpgsqlBatchCommand(table.Delete);
                foreach (var column in table.Key)
                {
                    delete.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = table.Columns[column].Type, Value = row.Values[column] });
                }

                commands.BatchCommands.Add(delete);
            }

            await commands.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Adds what is given.</summary>
    public async Task CopyAsync(MoveTable table, IAsyncEnumerable<MoveRow> rows, CancellationToken cancellationToken)
    {
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            await using var import = await _writes.BeginBinaryImportAsync(table.Copy, cancellationToken);
            foreach (var row in batch)
            {
                await import.StartRowAsync(cancellationToken);
                for (var i = 0; i < table.Columns.Count; i++)
                {
                    await (row.Values[i] is { } value
                        ? import.WriteAsync(value, table.Columns[i].Type, cancellationToken)
                        : import.WriteNullAsync(cancellationToken));
                }
            }

            await import.CompleteAsync(cancellationToken);
        }
    }

    /// <summary>Lets the table's next number be higher than <paramref name="last"/> and than every row's.</summary>
    public async Task NumberFromAsync(MoveTable table, long last, CancellationToken cancellationToken)
    {
        var highest = (long)(await ScalarAsync($"SELECT coalesce(max(\"{table.Numbered}\"), 0)::bigint FROM \"{table.Name}\"", cancellationToken))!;
        var next = Math.Max(last, highest) + 1;
        await ScalarAsync(
            $"SELECT setval(pg_get_serial_sequence('\"{table.Name}\"', '{table.Numbered}'), {next.ToString(CultureInfo.InvariantCulture)}, false)", cancellationToken);
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(_writes, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await _writes.DisposeAsync();
    }

    private async Task PrepareAsync(PostgresDbContext model, string source, CancellationToken cancellationToken)
    {
        if (await ScalarAsync($"SELECT pg_try_advisory_lock({PostgresLocks.Prepare})", cancellationToken) is not true)
        {
            throw new StartupException("Another latchkey migrate, or a server that starts, is at work on the database. Run this again when it is done.");
        }

        if (await PostgresSchema.IsForeignAsync(_writes, cancellationToken))
        {
            throw new StartupException("The database holds another program's tables. Give Latchkey a database, or a schema (Search Path=…), of its own.");
        }

        var applied = await PostgresSchema.AppliedAsync(_writes, cancellationToken);
        if (applied.Count == 0)
        {
            // In one transaction: tables without the mark would be taken for a server's.
            await using var transaction = await _writes.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(PostgresSchema.Script(model, applied), cancellationToken);
            await ExecuteAsync(MoveMark.Create(source), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return;
        }

        switch (await MoveMark.SourceAsync(_writes, cancellationToken))
        {
            case null:
                throw new StartupException(
                    "A server or a command has used the database, and filling it from SQLite would undo what was written to it since. "
                    + "Name a new, empty one.");
            case var other when other != source:
                throw new StartupException("The database is being filled from another server's data. Name a new, empty one.");
        }

        if (!applied.SequenceEqual(PostgresSchema.Migrations))
        {
            throw new StartupException("Another version began to fill the database. Go on with that version, or name a new, empty database.");
        }

        await ExecuteAsync(MoveMark.Begin, cancellationToken);
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(_writes, sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    // Waits as long as a large table takes.
    private static NpgsqlConnection Patient(PostgresConnections connections) => connections.Apart(s => s.CommandTimeout = 0);

#pragma warning disable CA2100 // Made from the model of this project.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}
