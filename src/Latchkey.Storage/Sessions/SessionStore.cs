using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Sessions;

/// <summary>Sessions live here and not in the cookie, so that ending one ends it everywhere.</summary>
public sealed class SessionStore
{
    private readonly IPointReads _reads;
    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal SessionStore(IPointReads reads, ManagementWrites writes, TimeProvider clock)
    {
        _reads = reads;
        _writes = writes;
        _clock = clock;
    }

    /// <summary>
    /// Null when the user is gone or disabled at this moment. Clears the user's expired sessions on the way, so that what one
    /// person keeps is bounded by what is alive.
    /// </summary>
    public Task<SessionKey?> CreateAsync(NewSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var key = SessionKey.Generate();
        return _writes.RunAsync<SessionKey?>(
            async (db, ct) =>
            {
                var now = _clock.GetUtcNow();
                if (!await db.Users.AnyAsync(u => u.Id == session.UserId && !u.Disabled, ct))
                {
                    return null;
                }

                await db.Sessions.Where(s => s.UserId == session.UserId && s.ExpiresAt <= now).ExecuteDeleteAsync(ct);
                db.Sessions.Add(new SessionRow
                {
                    Id = session.Id,
                    KeyHash = key.Hash(),
                    UserId = session.UserId,
                    CreatedAt = now,
                    LastSeenAt = now,
                    ExpiresAt = session.ExpiresAt,
                    Ip = session.Ip,
                    UserAgent = session.UserAgent,
                });
                await db.SaveChangesAsync(ct);
                return key;
            },
            cancellationToken);
    }

    /// <summary>The session this key opens; null when it ended or expired. One read by key.</summary>
    public ValueTask<Session?> FindAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(_reads.Session(key.Hash(), _clock.GetUtcNow()));
    }

    /// <summary>Keeps a session going. False when it has ended meanwhile: renewing never brings one back.</summary>
    public Task<bool> RenewAsync(SessionKey key, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var hash = key.Hash();
        return _writes.RunAsync(
            async (db, ct) =>
            {
                var now = _clock.GetUtcNow();
                return await db.Sessions.Where(s => s.KeyHash == hash && s.ExpiresAt > now).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(s => s.LastSeenAt, now)
                        .SetProperty(s => s.ExpiresAt, expiresAt),
                    ct) == 1;
            },
            cancellationToken);
    }

    public Task<bool> DeleteAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var hash = key.Hash();
        return _writes.RunAsync(
            async (db, ct) => await db.Sessions.Where(s => s.KeyHash == hash).ExecuteDeleteAsync(ct) == 1,
            cancellationToken);
    }

    /// <summary>Ends one of a user's own sessions, as chosen from their list.</summary>
    public Task<bool> DeleteAsync(Guid id, Guid userId, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) => await db.Sessions.Where(s => s.Id == id && s.UserId == userId).ExecuteDeleteAsync(ct) == 1,
        cancellationToken);

    /// <summary>The user's living sessions, newest first.</summary>
    public async Task<IReadOnlyList<Session>> ListAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        await using var db = _writes.OpenForReading();
        return await db.Sessions.AsNoTracking()
            .Where(s => s.UserId == userId && s.ExpiresAt > now)
            .OrderByDescending(s => s.CreatedAt)
            .Select(s => new Session
            {
                Id = s.Id,
                UserId = s.UserId,
                UserName = db.Users.Where(u => u.Id == s.UserId).Select(u => u.UserName!).Single(),
                CreatedAt = s.CreatedAt,
                LastSeenAt = s.LastSeenAt,
                ExpiresAt = s.ExpiresAt,
                Ip = s.Ip,
                UserAgent = s.UserAgent,
            })
            .ToListAsync(cancellationToken);
    }

    /// <summary>Returns how many were cleared away.</summary>
    public Task<int> DeleteExpiredAsync(CancellationToken cancellationToken = default) => _writes.RunAsync(
        (db, ct) =>
        {
            var now = _clock.GetUtcNow();
            return db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        },
        cancellationToken);
}
