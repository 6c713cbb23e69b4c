using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Grants;

/// <summary>
/// Ends everything that began before a moment. A backup brings back to life what was ended after it was made, and nobody knows
/// any more what that was: so nothing of before may live.
/// </summary>
public sealed class GrantRecall
{
    // Each batch is one turn of the write queue, and whoever redeems a code meanwhile waits for one batch and not for all.
    private const int Batch = 500;

    private readonly IGrantStore _grants;
    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal GrantRecall(IGrantStore grants, ManagementWrites writes, TimeProvider clock)
    {
        _grants = grants;
        _writes = writes;
        _clock = clock;
    }

    /// <summary>
    /// Revokes every grant issued before <paramref name="moment"/>, personal access tokens among them, and ends every login
    /// session begun before it: a session that was logged out after the backup lives again too, and could have new grants issued.
    /// Each is recorded. It may be killed at any point and run again.
    /// </summary>
    /// <param name="moment">Not in the future.</param>
    public async Task<Recalled> RecallAsync(DateTimeOffset moment, CancellationToken cancellationToken = default)
    {
        // First, so that none of them has a grant issued while the grants are gone through.
        var sessions = await EndSessionsAsync(moment, cancellationToken);
        var revoked = 0;
        int found;
        do
        {
            // Again until a whole pass finds nothing: one that was being written when its page was read is found by the next.
            found = await RevokeAsync(moment, cancellationToken);
            revoked += found;
        }
        while (found > 0);
        return new Recalled(revoked, sessions);
    }

    private async Task<int> EndSessionsAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var ended = 0;
        int batch;
        do
        {
            batch = await _writes.RunAsync(
                async (db, ct) =>
                {
                    var sessions = await db.Sessions.Where(s => s.CreatedAt < moment).OrderBy(s => s.Id).Take(Batch).ToListAsync(ct);
                    db.Sessions.RemoveRange(sessions);
                    db.AuditEvents.AddRange(sessions.Select(s => new AuditEvent
                    {
                        Time = _clock.GetUtcNow(),
                        Kind = AuditKinds.LoggedOut,
                        UserId = s.UserId,
                        Detail = $"begun before {Text(moment)}",
                    }));
                    await db.SaveChangesAsync(ct);
                    return sessions.Count;
                },
                cancellationToken);
            ended += batch;
        }
        while (batch > 0);
        return ended;
    }

    private async Task<int> RevokeAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var revoked = 0;
        await foreach (var grants in _grants.ListAsync(new GrantFilter { LivingOnly = true }, cancellationToken)
            .Where(g => g.CreatedAt < moment).Chunk(Batch).WithCancellation(cancellationToken))
        {
            revoked += await _writes.RunAsync((db, ct) => RevokeAsync(db, grants, moment, ct), cancellationToken);
        }

        return revoked;
    }

    private async Task<int> RevokeAsync(Model.LatchkeyDbContext db, Grant[] grants, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var ids = grants.Select(g => g.Id).ToList();
        var living = (await db.Living().Where(g => ids.Contains(g.Id)).Select(g => g.Id).ToListAsync(cancellationToken)).ToHashSet();
        await db.Living().Where(g => ids.Contains(g.Id)).RevokeAsync(RevocationReason.Administrator, now, cancellationToken);
        db.AuditEvents.AddRange(grants.Where(g => living.Contains(g.Id)).Select(g => new AuditEvent
        {
            Time = now,
            Kind = AuditKinds.GrantRevoked,
            UserId = g.UserId,
            ClientId = g.ClientId,
            GrantId = g.Id,
            Detail = $"issued before {Text(moment)}",
        }));

        // Their owners' lists must not show tokens that no longer work.
        var tokens = await db.PersonalTokens.Where(t => ids.Contains(t.GrantId)).ToListAsync(cancellationToken);
        db.PersonalTokens.RemoveRange(tokens);
        db.AuditEvents.AddRange(tokens.Select(t => new AuditEvent
        {
            Time = now,
            Kind = AuditKinds.PersonalTokenRevoked,
            UserId = t.UserId,
            GrantId = t.GrantId,
            Detail = t.Id.ToString(),
        }));
        await db.SaveChangesAsync(cancellationToken);
        return living.Count;
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'");
}
