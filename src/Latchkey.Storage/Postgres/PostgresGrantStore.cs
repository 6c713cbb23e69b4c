using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Writes;
using Npgsql;

namespace Latchkey.Storage.Postgres;

internal sealed class PostgresGrantStore(PostgresReaders readers, PostgresConnections connections, WriteQueue queue) : IGrantStore
{
    // Finds one row by the key of one partition.
    internal const string ById = $"SELECT {GrantTable.Columns} FROM grants WHERE id = $1";

    // Locking a row is written to the log behind every change to it, so this commit waits for the standbys until they have those.
    internal const string Lock = "SELECT FROM grants WHERE id = $1 FOR UPDATE";

    // As in SQLite: a statement per filter, so that each has its index.
    private const string Page = $"SELECT {GrantTable.Columns} FROM grants WHERE id > $1 AND state <> $2";
    private static readonly string End = $" ORDER BY id LIMIT {GrantPages.Size}";
    private static readonly string OfAll = Page + End;
    private static readonly string OfUser = Page + " AND user_id = $3" + End;
    private static readonly string OfClient = Page + " AND client_id = $3" + End;
    private static readonly string OfBoth = Page + " AND user_id = $3 AND client_id = $4" + End;

    // No state has this number: leaves nothing out.
    private const int NoState = -1;

    public ValueTask<Grant?> FindAsync(Guid id, CancellationToken cancellationToken = default) =>
        readers.ReadAsync(ById, parameters => parameters.AddId(id), GrantRecord.Read, cancellationToken);

    public async Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var applied = await queue.ApplyAsync(write, audit, cancellationToken);
        if (!applied && write is GrantWrite.Revoke)
        {
            // Whoever revokes is told that it is revoked, by whomever.
            await ConfirmAsync(write.Id, CancellationToken.None);
        }

        return applied;
    }

    public async Task ConfirmAsync(Guid id, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await connections.Source.OpenConnectionAsync(cancellationToken);
            using var standbys = new StandbyWait(connection);
            await using var command = new NpgsqlCommand(Lock, connection);
            command.Parameters.AddId(id);
            await command.ExecuteNonQueryAsync(cancellationToken);
            standbys.ThrowIfCutShort();
        }
        catch (NpgsqlException exception) when (PostgresFailures.IsUnavailable(exception))
        {
            throw PostgresFailures.Unavailable(exception);
        }
    }

    public IAsyncEnumerable<Grant> ListAsync(GrantFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var sql = (filter.UserId, filter.ClientId) switch
        {
            (null, null) => OfAll,
            (_, null) => OfUser,
            (null, _) => OfClient,
            _ => OfBoth,
        };
        return GrantPages.ListAsync(
            async (after, ct) => await readers.ReadAllAsync(sql, parameters => BindPage(parameters, filter, after), GrantRecord.Read, ct), cancellationToken);
    }

    private static void BindPage(NpgsqlParameterCollection parameters, GrantFilter filter, Guid after)
    {
        parameters.AddId(after);
        parameters.AddNumber(filter.LivingOnly ? (int)GrantState.Revoked : NoState);
        if (filter.UserId is { } user)
        {
            parameters.AddId(user);
        }

        if (filter.ClientId is { } client)
        {
            parameters.AddText(client);
        }
    }
}
