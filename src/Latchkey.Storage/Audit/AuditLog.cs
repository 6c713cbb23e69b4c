using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Audit;

/// <summary>What happened, in order. Events that belong to a change ride in the change's own transaction instead.</summary>
public sealed class AuditLog(ManagementWrites writes)
{
    /// <summary>What the indexes by user leave out, said as the queries that use them have to say it.</summary>
    internal const string NotOfAGrant = "substr(kind, 1, 6) <> 'grant.'";

    /// <summary>Returns after the event is durable.</summary>
    public Task WriteAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) => writes.RunAsync(
        async (db, ct) =>
        {
            db.AuditEvents.Add(auditEvent);
            await db.SaveChangesAsync(ct);
        },
        cancellationToken);

    /// <summary>The newest events first.</summary>
    public async Task<IReadOnlyList<AuditEvent>> ListAsync(int limit = 100, CancellationToken cancellationToken = default)
    {
        await using var db = writes.OpenForReading();
        return await db.AuditEvents.AsNoTracking().OrderByDescending(e => e.Id).Take(limit).ToListAsync(cancellationToken);
    }
}
