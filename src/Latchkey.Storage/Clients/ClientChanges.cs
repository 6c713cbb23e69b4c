using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Clients;

/// <summary>Changes to one client's row, each with its line in the audit log.</summary>
internal sealed class ClientChanges(ManagementWrites writes, TimeProvider clock)
{
    /// <summary>False when there is no such client, or not of this owner.</summary>
    public Task<bool> RunAsync(
        string id, Guid? ownerId, Func<LatchkeyDbContext, ClientRow, CancellationToken, Task> change, CancellationToken cancellationToken) => writes.RunAsync(
        (db, ct) => RunAsync(db, id, ownerId, change, ct),
        cancellationToken);

    /// <inheritdoc cref="RunAsync(string, Guid?, Func{LatchkeyDbContext, ClientRow, CancellationToken, Task}, CancellationToken)"/>
    public static async Task<bool> RunAsync(
        LatchkeyDbContext db, string id, Guid? ownerId, Func<LatchkeyDbContext, ClientRow, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        var row = await db.Clients.SingleOrDefaultAsync(c => c.Id == id && (ownerId == null || c.OwnerId == ownerId), cancellationToken);
        if (row is null)
        {
            return false;
        }

        row.Version++;
        await change(db, row, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public void Record(LatchkeyDbContext db, string kind, string clientId, Guid? ownerId, string? detail = null, Guid? actorId = null) =>
        db.AuditEvents.Add(new AuditEvent
        {
            Time = clock.GetUtcNow(),
            Kind = kind,
            ActorId = actorId,
            UserId = ownerId == actorId ? null : ownerId,
            ClientId = clientId,
            Detail = detail,
        });
}
