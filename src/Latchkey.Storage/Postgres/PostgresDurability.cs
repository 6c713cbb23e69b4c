using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>What decides whether a commit that PostgreSQL reported can still be lost.</summary>
/// <param name="Fsync">Whether the server waits for the disk at all.</param>
/// <param name="SynchronousCommit">What a commit of ours waits for.</param>
/// <param name="SynchronousStandbys">The standbys a commit waits for, as the server is told; empty for none.</param>
/// <param name="Standbys">How many standbys follow the server now.</param>
internal sealed record PostgresDurability(bool Fsync, string SynchronousCommit, string SynchronousStandbys, long Standbys)
{
    /// <summary>On a connection of the pool, so with what the connection string, the user and the database set.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot answer now.</exception>
    public static async Task<PostgresDurability> ReadAsync(PostgresConnections connections, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = connections.Source.CreateCommand(
                """
                SELECT current_setting('fsync')::bool, current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
                       (SELECT count(*) FROM pg_stat_replication)
                """);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new PostgresDurability(reader.GetBoolean(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3));
        }
        catch (NpgsqlException exception) when (PostgresFailures.IsUnavailable(exception))
        {
            throw PostgresFailures.Unavailable(exception);
        }
    }

    public IEnumerable<string> Warnings()
    {
        if (!Fsync)
        {
            yield return "PostgreSQL runs with fsync off: a crash of its machine may lose acknowledged revocations, or the database. Turn it on.";
        }

        if (SynchronousCommit == "off")
        {
            yield return "PostgreSQL runs with synchronous_commit off: a crash may lose acknowledged revocations. Set it to on.";
        }
        else if (SynchronousStandbys.Length > 0 && SynchronousCommit == "local")
        {
            yield return "PostgreSQL runs with synchronous_commit local: a failover may lose acknowledged revocations. Set it to on.";
        }
        else if (SynchronousStandbys.Length == 0 && Standbys > 0)
        {
            yield return "PostgreSQL has a standby that commits do not wait for: a failover to it may lose acknowledged revocations. Name it in synchronous_standby_names.";
        }
    }
}
