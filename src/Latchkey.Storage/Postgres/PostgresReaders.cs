using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>Point reads: one statement, one row. Each connection of the pool prepares a statement once.</summary>
internal sealed class PostgresReaders(PostgresConnections connections)
{
    private readonly ReadQueue _queue = new(connections);

    /// <summary>What <paramref name="read"/> makes of the first row; the default when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot answer now.</exception>
    public async ValueTask<TResult?> ReadAsync<TResult>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queued = new QueuedRead<TResult>(sql, bind, read);
        _queue.Send(queued);
        return await queued.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Every row, on the caller's thread.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot answer now.</exception>
    public List<TResult> ReadAll<TResult>(string sql, Func<NpgsqlDataReader, TResult> read)
    {
        try
        {
            using var command = connections.Source.CreateCommand(sql);
            using var reader = command.ExecuteReader();
            var rows = new List<TResult>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (NpgsqlException exception) when (PostgresFailures.IsUnavailable(exception))
        {
            throw PostgresFailures.Unavailable(exception);
        }
    }

    /// <summary>Every row.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot answer now.</exception>
    public async Task<List<TResult>> ReadAllAsync<TResult>(
        string sql, Action<NpgsqlParameterCollection> bind, Func<NpgsqlDataReader, TResult> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = connections.Source.CreateCommand(sql);
            bind(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<TResult>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        catch (NpgsqlException exception) when (PostgresFailures.IsUnavailable(exception))
        {
            throw PostgresFailures.Unavailable(exception);
        }
    }
}
