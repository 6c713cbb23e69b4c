using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.SshKeys;

/// <summary>The public keys of users. Every call names the user, so that nobody reaches another's.</summary>
public sealed class SshKeyStore
{
    /// <summary>More than a person has machines, and a bound on what one account can make the server keep.</summary>
    public const int MostPerUser = 100;

    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal SshKeyStore(ManagementWrites writes, TimeProvider clock)
    {
        _writes = writes;
        _clock = clock;
    }

    /// <summary>Null when the user has as many as they may have, or is gone.</summary>
    public Task<SshKey?> AddAsync(Guid userId, string label, string key, CancellationToken cancellationToken = default) => _writes.RunAsync<SshKey?>(
        async (db, ct) =>
        {
            if (await db.SshKeys.CountAsync(k => k.UserId == userId, ct) >= MostPerUser || !await db.Users.AnyAsync(u => u.Id == userId, ct))
            {
                return null;
            }

            var row = new SshKeyRow { UserId = userId, Label = label, Key = key, CreatedAt = _clock.GetUtcNow() };
            db.SshKeys.Add(row);
            await db.SaveChangesAsync(ct);
            Record(db, AuditKinds.SshKeyAdded, row.Id, userId);
            await db.SaveChangesAsync(ct);
            return Of(row);
        },
        cancellationToken);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<SshKey>> ListAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var rows = await db.SshKeys.AsNoTracking().Where(k => k.UserId == userId).OrderBy(k => k.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Of)];
    }

    /// <summary>Null when it is not theirs or not there.</summary>
    public async Task<SshKey?> FindAsync(int id, Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return await db.SshKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id && k.UserId == userId, cancellationToken) is { } row ? Of(row) : null;
    }

    /// <summary>The key under its new label; null when it is not theirs or not there.</summary>
    public Task<SshKey?> RenameAsync(int id, Guid userId, string label, CancellationToken cancellationToken = default) => _writes.RunAsync<SshKey?>(
        async (db, ct) =>
        {
            var row = await db.SshKeys.SingleOrDefaultAsync(k => k.Id == id && k.UserId == userId, ct);
            if (row is null)
            {
                return null;
            }

            row.Label = label;
            Record(db, AuditKinds.SshKeyRenamed, id, userId);
            await db.SaveChangesAsync(ct);
            return Of(row);
        },
        cancellationToken);

    /// <summary>False when it is not theirs or not there.</summary>
    public Task<bool> RemoveAsync(int id, Guid userId, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (await db.SshKeys.Where(k => k.Id == id && k.UserId == userId).ExecuteDeleteAsync(ct) == 0)
            {
                return false;
            }

            Record(db, AuditKinds.SshKeyRemoved, id, userId);
            await db.SaveChangesAsync(ct);
            return true;
        },
        cancellationToken);

    private void Record(LatchkeyDbContext db, string kind, int id, Guid userId) =>
        db.AuditEvents.Add(new AuditEvent { Time = _clock.GetUtcNow(), Kind = kind, ActorId = userId, Detail = id.ToString() });

    private static SshKey Of(SshKeyRow row) => new(row.Id, row.Label, row.Key, row.CreatedAt);
}
