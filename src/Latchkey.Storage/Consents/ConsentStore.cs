using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Consents;

/// <summary>What users have agreed to. Record a consent before inserting the grant that rests on it.</summary>
public sealed class ConsentStore
{
    private readonly IPointReads _reads;
    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal ConsentStore(IPointReads reads, ManagementWrites writes, TimeProvider clock)
    {
        _reads = reads;
        _writes = writes;
        _clock = clock;
    }

    /// <summary>What the user has agreed to for this client; null when never asked or withdrawn.</summary>
    public ValueTask<ScopeSet?> FindAsync(Guid userId, string clientId, CancellationToken cancellationToken = default) =>
        _reads.ConsentAsync(userId, clientId, cancellationToken);

    /// <summary>Adds to what was agreed to before. False when the user or client is gone or not active.</summary>
    public Task<bool> RecordAsync(
        Guid userId, string clientId, ScopeSet scopes, AuditEvent? audit = null, CancellationToken cancellationToken = default) =>
        ReplaceAsync(userId, clientId, ScopeSet.Empty, scopes, audit, cancellationToken);

    /// <summary>
    /// Remembers an answer: of what was <paramref name="asked"/> only <paramref name="granted"/> stays agreed to, so that choosing
    /// less than before counts, for what the app holds already too; what was not asked about stays. False when the user or client is gone or not active.
    /// </summary>
    public Task<bool> ReplaceAsync(
        Guid userId, string clientId, ScopeSet asked, ScopeSet granted, AuditEvent? audit = null, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (!await db.Users.AnyAsync(u => u.Id == userId && !u.Disabled, ct)
                || !await db.Clients.AnyAsync(c => c.Id == clientId && c.Status == Core.Clients.ClientStatus.Active, ct))
            {
                return false;
            }

            var now = _clock.GetUtcNow();
            var row = await db.Consents.SingleOrDefaultAsync(c => c.UserId == userId && c.ClientId == clientId, ct);
            if (row is null)
            {
                row = new ConsentRow { UserId = userId, ClientId = clientId, Scopes = "", CreatedAt = now };
                db.Consents.Add(row);
            }

            var before = ScopeSet.Parse(row.Scopes);
            var after = before.Except(asked).Union(granted);
            row.Scopes = after.ToString();
            row.UpdatedAt = now;
            if (audit is not null)
            {
                db.AuditEvents.Add(audit);
            }

            await db.SaveChangesAsync(ct);

            // What a person reads on their account's page is all that the app can do: older tokens must not reach beyond it.
            if (!after.Covers(before))
            {
                await db.Living().Where(g => g.UserId == userId && g.ClientId == clientId).NarrowAsync(after, ct);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<RememberedConsent>> ListAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var rows = await db.Consents.AsNoTracking()
            .Where(c => c.UserId == userId)
            .Join(db.Clients, c => c.ClientId, c => c.Id, (consent, client) => new { consent, client.Label })
            .OrderBy(r => r.consent.Id)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new RememberedConsent(
                r.consent.Id, r.consent.UserId, r.consent.ClientId, r.Label, ScopeSet.Parse(r.consent.Scopes), r.consent.CreatedAt, r.consent.UpdatedAt)),
        ];
    }

    /// <summary>Forgets one consent of this user and ends every grant that rests on it. False when it is not theirs or not there.</summary>
    public Task<bool> WithdrawAsync(int consentId, Guid userId, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            var row = await db.Consents.SingleOrDefaultAsync(c => c.Id == consentId && c.UserId == userId, ct);
            if (row is null)
            {
                return false;
            }

            var now = _clock.GetUtcNow();
            db.Consents.Remove(row);
            db.AuditEvents.Add(new AuditEvent { Time = now, Kind = AuditKinds.ConsentWithdrawn, ActorId = userId, ClientId = row.ClientId });
            await db.SaveChangesAsync(ct);
            await db.Living().Where(g => g.UserId == userId && g.ClientId == row.ClientId).RevokeAsync(RevocationReason.UserRequest, now, ct);
            return true;
        },
        cancellationToken);
}
