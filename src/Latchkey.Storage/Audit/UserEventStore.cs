using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Audit;

/// <summary>The audit log as the user it is about may see it: what they did, and what was done to them.</summary>
public sealed class UserEventStore
{
    /// <summary>Linode shows as much.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(90);

    // Strangers make events too, by failing to log in as somebody: a list must not grow with what they do.
    private const int Most = 2000;

    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal UserEventStore(ManagementWrites writes, TimeProvider clock)
    {
        _writes = writes;
        _clock = clock;
    }

    /// <summary>The user's events of these kinds, of the last 90 days and no more than 2000, newest first.</summary>
    public async Task<IReadOnlyList<AuditEvent>> ListAsync(Guid userId, IReadOnlyCollection<string> kinds, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var found = new List<AuditEvent>();
        foreach (var query in Queries(db, userId, kinds, _clock.GetUtcNow() - Shown))
        {
            found.AddRange(await query.ToListAsync(cancellationToken));
        }

        return [.. found.DistinctBy(e => e.Id).OrderByDescending(e => e.Id).Take(Most)];
    }

    /// <summary>Up to which event the user has seen them, and which they have read.</summary>
    public async Task<(long SeenTo, IReadOnlySet<long> Read)> MarksAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var seen = (await db.SettingsToReadAsync(userId, cancellationToken)).EventsSeenTo;
        return (seen, (await db.ReadEvents.Where(r => r.UserId == userId).Select(r => r.EventId).ToListAsync(cancellationToken)).ToHashSet());
    }

    /// <summary>Marks this event of the user's and every older one as seen.</summary>
    public Task MarkSeenAsync(Guid userId, long eventId, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (await db.SettingsToChangeAsync(userId, ct) is { } settings)
            {
                settings.EventsSeenTo = Math.Max(settings.EventsSeenTo, eventId);
                await db.SaveChangesAsync(ct);
            }
        },
        cancellationToken);

    /// <summary>Marks this event of the user's as read.</summary>
    public Task MarkReadAsync(Guid userId, long eventId, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (await db.Users.AnyAsync(u => u.Id == userId, ct) && !await db.ReadEvents.AnyAsync(r => r.UserId == userId && r.EventId == eventId, ct))
            {
                db.ReadEvents.Add(new ReadEventRow { UserId = userId, EventId = eventId });
                await db.SaveChangesAsync(ct);
            }
        },
        cancellationToken);

    // One for each index: asked for both at once, the database would read the whole log. And in SQL, since an index that leaves
    // rows out is used only by those who leave them out in the same words.
    internal static IReadOnlyList<IQueryable<AuditEvent>> Queries(LatchkeyDbContext db, Guid userId, IReadOnlyCollection<string> kinds, DateTimeOffset since)
    {
        return
        [
            Newest(db.AuditEvents.FromSqlRaw($"SELECT * FROM audit_events WHERE actor_id IS NOT NULL AND {AuditLog.NotOfAGrant}").Where(e => e.ActorId == userId)),
            Newest(db.AuditEvents.FromSqlRaw($"SELECT * FROM audit_events WHERE user_id IS NOT NULL AND {AuditLog.NotOfAGrant}").Where(e => e.UserId == userId)),
        ];

        IQueryable<AuditEvent> Newest(IQueryable<AuditEvent> events) =>
            events.AsNoTracking().Where(e => kinds.Contains(e.Kind) && e.Time >= since).OrderByDescending(e => e.Id).Take(Most);
    }
}
