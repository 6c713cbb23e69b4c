using System.Diagnostics;
using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Writes;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Sqlite;

/// <summary>Applies a batch of grant writes in one SQLite transaction.</summary>
internal sealed class SqliteGrantBatch(SqliteConnections connections, SqliteSyncs syncs) : IGrantBatch
{
    // A grant needs its user, its client and the user's consent to stand at the moment it is written: a request that checked
    // them just before they ended must not leave a living grant behind.
    private const string Insert = $"""
        INSERT INTO grants ({GrantTable.Columns})
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18
        WHERE EXISTS (SELECT 1 FROM users WHERE id = ?3 AND disabled = 0)
          AND (?2 IS NULL OR EXISTS (
            SELECT 1 FROM clients c WHERE c.id = ?2 AND c.status = 0
              AND (c.trusted = 1 OR EXISTS (SELECT 1 FROM consents WHERE user_id = ?3 AND client_id = ?2))))
        ON CONFLICT (id) DO NOTHING
        """;

    private const string Redeem =
        "UPDATE grants SET state = 1, generation = 1, rotated_at = ?2, expires_at = ?3 WHERE id = ?1 AND state = 0 AND generation = 0";

    private const string Rotate =
        "UPDATE grants SET generation = generation + 1, rotated_at = ?3 WHERE id = ?1 AND state = 1 AND generation = ?2";

    private const string Revoke =
        "UPDATE grants SET state = 2, revoked_at = ?2, revoked_why = ?3 WHERE id = ?1 AND state <> 2";

    private const string Forget = "DELETE FROM grants WHERE id = ?1 AND state = ?2 AND generation = ?3";

    private const string Audit =
        "INSERT INTO audit_events (time, kind, actor_id, user_id, client_id, grant_id, ip, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    private SqliteConnection? _connection;
    private PreparedConnection? _statements;

    public bool IsOnlyWriter => true;

    public bool Blocks => true;

    public ValueTask ApplyAsync(IReadOnlyList<QueuedWrite> batch)
    {
        syncs.RefuseAfterFailure();
        try
        {
            if (_connection is null)
            {
                _connection = connections.OpenWriter();
                _statements = new PreparedConnection(_connection);
            }

            Run("BEGIN IMMEDIATE");
            for (var i = 0; i < batch.Count; i++)
            {
                var write = batch[i];
                write.Applied = Apply(write.Write) == 1;
                if (write is { Applied: true, Audit: { } auditEvent })
                {
                    Record(auditEvent);
                }
            }

            Run("COMMIT");
            return ValueTask.CompletedTask;
        }
        catch (Exception broken)
        {
            syncs.Note(broken);

            // After a failed write, what this connection believes is in the file may not be there. It is thrown away with its
            // page cache (which also rolls back), and the next batch reads the file afresh.
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private int Apply(GrantWrite write)
    {
        switch (write)
        {
            case GrantWrite.Insert insert:
                var statement = Prepare(Insert);
                GrantColumns.Bind(statement, insert.Grant);
                return statement.Execute();
            case GrantWrite.Redeem redeem:
                statement = Prepare(Redeem);
                statement.Bind(1, redeem.Id);
                statement.Bind(2, redeem.At);
                statement.Bind(3, redeem.ExpiresAt);
                return statement.Execute();
            case GrantWrite.Rotate rotate:
                statement = Prepare(Rotate);
                statement.Bind(1, rotate.Id);
                statement.Bind(2, rotate.FromGeneration);
                statement.Bind(3, rotate.At);
                return statement.Execute();
            case GrantWrite.Revoke revoke:
                statement = Prepare(Revoke);
                statement.Bind(1, revoke.Id);
                statement.Bind(2, revoke.At);
                statement.Bind(3, (int)revoke.Why);
                return statement.Execute();
            case GrantWrite.Forget forget:
                statement = Prepare(Forget);
                statement.Bind(1, forget.Id);
                statement.Bind(2, (int)forget.State);
                statement.Bind(3, forget.Generation);
                return statement.Execute();
            default:
                throw new UnreachableException();
        }
    }

    private void Record(AuditEvent auditEvent)
    {
        var statement = Prepare(Audit);
        statement.Bind(1, auditEvent.Time);
        statement.Bind(2, auditEvent.Kind);
        statement.Bind(3, auditEvent.ActorId);
        statement.Bind(4, auditEvent.UserId);
        statement.Bind(5, auditEvent.ClientId);
        statement.Bind(6, auditEvent.GrantId);
        statement.Bind(7, auditEvent.Ip);
        statement.Bind(8, auditEvent.Detail);
        statement.Execute();
    }

    private void Run(string sql) => Prepare(sql).Execute();

    private Statement Prepare(string sql) => _statements!.Prepare(sql);

    private void Close()
    {
        _statements?.Dispose();
        _statements = null;
        _connection = null;
    }
}
