using Latchkey.Core.Consent;
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

    /// <summary>What the user has agreed to for this client at this place; null when never asked or withdrawn.</summary>
    public ValueTask<ScopeSet?> FindAsync(Guid userId, string clientId, ConsentPlace place, CancellationToken cancellationToken = default) =>
        _reads.ConsentAsync(userId, clientId, place, cancellationToken);

    /// <summary>Adds to what was agreed to before. False when the user or client is gone or not active.</summary>
    public Task<bool> RecordAsync(
        Guid userId, string clientId, ConsentPlace place, ScopeSet scopes, AuditEvent? audit = null, CancellationToken cancellationToken = default) =>
        ReplaceAsync(userId, clientId, place, ScopeSet.Empty, scopes, audit, cancellationToken);

    /// <summary>
    /// Remembers an answer: of what was <paramref name="asked"/> only <paramref name="granted"/> stays agreed to, so that choosing
    /// less than before counts, at other places and for what the app holds already too; what was not asked about stays. False when
    /// the user or client is gone or not active.
    /// </summary>
    public Task<bool> ReplaceAsync(
        Guid userId,
        string clientId,
        ConsentPlace place,
        ScopeSet asked,
        ScopeSet granted,
        AuditEvent? audit = null,
        CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (!await db.Users.AnyAsync(u => u.Id == userId && !u.Disabled, ct)
                || !await db.Clients.AnyAsync(c => c.Id == clientId && c.Status == Core.Clients.ClientStatus.Active, ct))
            {
                return false;
            }

            var rows = await db.Consents.Where(c => c.UserId == userId && c.ClientId == clientId).ToListAsync(ct);
            var before = Together(rows);
            Replace(rows, place, asked, granted, () => db.Consents.Add(New(userId, clientId, place)).Entity);
            if (audit is not null)
            {
                db.AuditEvents.Add(audit);
            }

            await db.SaveChangesAsync(ct);

            // What a person reads on their account's page is all that the app can do: older tokens must not reach beyond it.
            var after = Together(rows);
            if (!after.Covers(before))
            {
                await db.Living().Where(g => g.UserId == userId && g.ClientId == clientId).NarrowAsync(after, ct);
            }

            return true;
        },
        cancellationToken);

    /// <summary>One for each app, under the number of its oldest answer; oldest first.</summary>
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
            .. rows.GroupBy(r => r.consent.ClientId, (clientId, of) =>
            {
                var answers = of.ToList();
                return new RememberedConsent(
                    answers[0].consent.Id,
                    userId,
                    clientId,
                    answers[0].Label,
                    Together(answers.Select(a => a.consent)),
                    answers.Min(a => a.consent.CreatedAt),
                    answers.Max(a => a.consent.UpdatedAt));
            }),
        ];
    }

    /// <summary>Forgets all that this user agreed to for the app listed under this number, and ends every grant that rests on it. False when it is not theirs or not there.</summary>
    public Task<bool> WithdrawAsync(int consentId, Guid userId, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            var row = await db.Consents.AsNoTracking().SingleOrDefaultAsync(c => c.Id == consentId && c.UserId == userId, ct);
            if (row is null)
            {
                return false;
            }

            var now = _clock.GetUtcNow();
            await db.Consents.Where(c => c.UserId == userId && c.ClientId == row.ClientId).ExecuteDeleteAsync(ct);
            db.AuditEvents.Add(new AuditEvent { Time = now, Kind = AuditKinds.ConsentWithdrawn, ActorId = userId, ClientId = row.ClientId });
            await db.SaveChangesAsync(ct);
            await db.Living().Where(g => g.UserId == userId && g.ClientId == row.ClientId).RevokeAsync(RevocationReason.UserRequest, now, ct);
            return true;
        },
        cancellationToken);

    private static ScopeSet Together(IEnumerable<ConsentRow> rows) =>
        rows.Aggregate(ScopeSet.Empty, (all, row) => all.Union(ScopeSet.Parse(row.Scopes)));

    // Taken away at one place, a scope is taken from the app: the person sees apps, not places.
    private void Replace(List<ConsentRow> rows, ConsentPlace place, ScopeSet asked, ScopeSet granted, Func<ConsentRow> add)
    {
        var here = rows.Find(r => r.Address == place.Address && r.Resource == place.Resource);
        if (here is null)
        {
            here = add();
            rows.Add(here);
        }

        var refused = asked.Except(granted);
        foreach (var row in rows)
        {
            var before = ScopeSet.Parse(row.Scopes);
            var left = before.Without(refused);
            var after = row == here ? left.Union(granted) : left;
            if (row == here || after != before)
            {
                row.Scopes = after.ToString();
                row.UpdatedAt = _clock.GetUtcNow();
            }
        }
    }

    private ConsentRow New(Guid userId, string clientId, ConsentPlace place) => new()
    {
        UserId = userId,
        ClientId = clientId,
        Address = place.Address,
        Resource = place.Resource,
        Scopes = "",
        CreatedAt = _clock.GetUtcNow(),
    };
}
