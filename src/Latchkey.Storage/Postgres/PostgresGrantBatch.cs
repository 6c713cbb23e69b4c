using System.Diagnostics;
using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Writes;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>
/// Applies a batch of grant writes in one round trip and one commit: the statements of an <see cref="NpgsqlBatch"/> are one
/// transaction, and its answer comes after the commit.
/// </summary>
internal sealed class PostgresGrantBatch(PostgresConnections connections) : IGrantBatch
{
    private const int MostRuns = 5;

    // A grant needs its user, its client and the user's consent to stand at the moment it is written (PostgresLocks.Management
    // keeps them standing): a request that checked them just before they ended must not leave a living grant behind.
    // On conflict with what is not said: where partitions lie on other servers, no index spans them all (docs/guides/scale-out.md).
    internal const string Insert = $"""
        INSERT INTO grants ({GrantTable.Columns})
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
        WHERE EXISTS (SELECT 1 FROM users WHERE id = $3 AND NOT disabled)
          AND ($2 IS NULL OR EXISTS (
            SELECT 1 FROM clients c WHERE c.id = $2 AND c.status = 0
              AND (c.trusted OR EXISTS (SELECT 1 FROM consents WHERE user_id = $3 AND client_id = $2))))
        ON CONFLICT DO NOTHING
        """;

    internal const string Redeem =
        "UPDATE grants SET state = 1, generation = 1, rotated_at = $2, expires_at = $3 WHERE id = $1 AND state = 0 AND generation = 0";

    internal const string Rotate =
        "UPDATE grants SET generation = generation + 1, rotated_at = $3 WHERE id = $1 AND state = 1 AND generation = $2";

    internal const string Revoke = "UPDATE grants SET state = 2, revoked_at = $2, revoked_why = $3 WHERE id = $1 AND state <> 2";

    internal const string Forget = "DELETE FROM grants WHERE id = $1 AND state = $2 AND generation = $3";

    private static readonly string LockManagement = $"SELECT pg_advisory_xact_lock_shared({PostgresLocks.Management})";

    // Until the batch ends, as SET LOCAL does, which warns where nobody said BEGIN.
    private readonly string _waitForLock =
        $"SELECT set_config('lock_timeout', '{(int)connections.Options.BusyTimeout.TotalMilliseconds}', true)";

    /// <summary>Other nodes write too, and the database keeps the order among all of them.</summary>
    public bool IsOnlyWriter => false;

    public bool Blocks => false;

    public async ValueTask ApplyAsync(IReadOnlyList<QueuedWrite> batch)
    {
        for (var run = 1; ; run++)
        {
            try
            {
                await RunAsync(batch);
                return;
            }
            catch (NpgsqlException exception) when (run < MostRuns && PostgresFailures.MayRunAgain(exception))
            {
            }
        }
    }

    public void Dispose()
    {
    }

    private async Task RunAsync(IReadOnlyList<QueuedWrite> writes)
    {
        await using var connection = await connections.Source.OpenConnectionAsync();
        using var standbys = new StandbyWait(connection);
        await using var batch = connection.CreateBatch();
        if (writes.Any(w => w.Write is GrantWrite.Insert))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(_waitForLock));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(LockManagement));
        }

        // Nodes that lock rows in one order do not lock each other out. Writes on one grant keep theirs: the sort is stable.
        QueuedWrite[] ordered = [.. writes.OrderBy(w => w.Write.Id)];
        var first = batch.BatchCommands.Count;
        foreach (var write in ordered)
        {
            batch.BatchCommands.Add(CommandOf(write));
        }

        await batch.ExecuteNonQueryAsync();
        standbys.ThrowIfCutShort();
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i].Applied = batch.BatchCommands[first + i].RecordsAffected == 1;
        }
    }

    private static NpgsqlBatchCommand CommandOf(QueuedWrite queued)
    {
        var command = new NpgsqlBatchCommand();
        var parameters = command.Parameters;
        var sql = queued.Write switch
        {
            GrantWrite.Insert => Insert,
            GrantWrite.Redeem => Redeem,
            GrantWrite.Rotate => Rotate,
            GrantWrite.Revoke => Revoke,
            GrantWrite.Forget => Forget,
            _ => throw new UnreachableException(),
        };
        switch (queued.Write)
        {
            case GrantWrite.Insert insert:
                GrantRecord.Bind(parameters, insert.Grant);
                break;
            case GrantWrite.Redeem redeem:
                parameters.AddId(redeem.Id);
                parameters.AddTime(redeem.At);
                parameters.AddTime(redeem.ExpiresAt);
                break;
            case GrantWrite.Rotate rotate:
                parameters.AddId(rotate.Id);
                parameters.AddNumber(rotate.FromGeneration);
                parameters.AddTime(rotate.At);
                break;
            case GrantWrite.Revoke revoke:
                parameters.AddId(revoke.Id);
                parameters.AddTime(revoke.At);
                parameters.AddNumber((int)revoke.Why);
                break;
            case GrantWrite.Forget forget:
                parameters.AddId(forget.Id);
                parameters.AddNumber((int)forget.State);
                parameters.AddNumber(forget.Generation);
                break;
        }

        command.CommandText = queued.Audit is { } audit ? Audited(sql, parameters, audit) : sql;
        return command;
    }

    // The event is written if the write applied, by the same statement, which so still says whether it did.
    private static string Audited(string sql, NpgsqlParameterCollection parameters, AuditEvent audit)
    {
        var n = parameters.Count;
        parameters.AddTime(audit.Time);
        parameters.AddText(audit.Kind);
        parameters.AddId(audit.ActorId);
        parameters.AddId(audit.UserId);
        parameters.AddText(audit.ClientId);
        parameters.AddId(audit.GrantId);
        parameters.AddText(audit.Ip);
        parameters.AddText(audit.Detail);
        return $"WITH written AS ({sql} RETURNING 1) "
            + "INSERT INTO audit_events (time, kind, actor_id, user_id, client_id, grant_id, ip, detail) "
            + $"SELECT ${n + 1}, ${n + 2}, ${n + 3}, ${n + 4}, ${n + 5}, ${n + 6}, ${n + 7}, ${n + 8} FROM written";
    }
}
