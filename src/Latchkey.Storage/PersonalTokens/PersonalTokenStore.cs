using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.PersonalTokens;

/// <summary>Personal access tokens: a grant without a client, and a line that says what it is for.</summary>
public sealed class PersonalTokenStore
{
    private const int ShownCharacters = 16;

    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal PersonalTokenStore(ManagementWrites writes, TimeProvider clock)
    {
        _writes = writes;
        _clock = clock;
    }

    /// <summary>
    /// Keeps an active grant and its line in one transaction, for the operator; of the token only what lists show. Null when the
    /// user is gone or disabled.
    /// </summary>
    public Task<PersonalToken?> CreateAsync(
        Grant grant, string label, PersonalAccessToken token, CancellationToken cancellationToken = default) =>
        CreateAsync(grant, label, token, most: null, cancellationToken);

    /// <summary>The same by its owner; null also when they have <paramref name="most"/> already, expired ones counted.</summary>
    public Task<PersonalToken?> CreateOwnAsync(
        Grant grant, string label, PersonalAccessToken token, int most, CancellationToken cancellationToken = default) =>
        CreateAsync(grant, label, token, most, cancellationToken);

    private Task<PersonalToken?> CreateAsync(
        Grant grant, string label, PersonalAccessToken token, int? most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentNullException.ThrowIfNull(token);
        if (grant is not { ClientId: null, State: GrantState.Active })
        {
            throw new ArgumentException("A personal access token rests on an active grant without a client.", nameof(grant));
        }

        return _writes.RunAsync<PersonalToken?>(
            async (db, ct) =>
            {
                if (!await db.Users.AnyAsync(u => u.Id == grant.UserId && !u.Disabled, ct))
                {
                    return null;
                }

                // Here and not before: of fifty requests at once each would still find room.
                if (most is { } limit && await db.PersonalTokens.CountAsync(t => t.UserId == grant.UserId, ct) >= limit)
                {
                    return null;
                }

                var row = new PersonalTokenRow
                {
                    UserId = grant.UserId,
                    GrantId = grant.Id,
                    Label = label,
                    FirstCharacters = token.Reveal()[..ShownCharacters],
                    Scopes = grant.Scopes.ToString(),
                    CreatedAt = grant.CreatedAt,
                    ExpiresAt = grant.ExpiresAt,
                };
                db.Grants.Add(RowOf(grant));
                db.PersonalTokens.Add(row);
                await db.SaveChangesAsync(ct);
                Record(db, AuditKinds.PersonalTokenCreated, row, most is null ? null : grant.UserId);
                await db.SaveChangesAsync(ct);
                return ToToken(row);
            },
            cancellationToken);
    }

    /// <summary>Oldest first, expired ones included: Linode lists them until they are deleted.</summary>
    public Task<IReadOnlyList<PersonalToken>> ListAsync(Guid userId, CancellationToken cancellationToken = default) =>
        ListAsync(rows => rows.Where(t => t.UserId == userId), cancellationToken);

    /// <summary>Whoever's they are, oldest first: for the operator alone.</summary>
    public Task<IReadOnlyList<PersonalToken>> ListOfEveryoneAsync(CancellationToken cancellationToken = default) => ListAsync(rows => rows, cancellationToken);

    /// <summary>Null when it is not theirs or not there.</summary>
    public async Task<PersonalToken?> FindAsync(int id, Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var row = await db.PersonalTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.UserId == userId, cancellationToken);
        return row is null ? null : ToToken(row);
    }

    /// <summary>Whoever's it is: for the operator alone. Null when it is not there.</summary>
    public async Task<PersonalToken?> FindOfAnyoneAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var row = await db.PersonalTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
        return row is null ? null : ToToken(row);
    }

    /// <summary>The token under its new label; null when it is not theirs or not there.</summary>
    public Task<PersonalToken?> RenameAsync(int id, Guid userId, string label, CancellationToken cancellationToken = default) => _writes.RunAsync<PersonalToken?>(
        async (db, ct) =>
        {
            var row = await db.PersonalTokens.SingleOrDefaultAsync(t => t.Id == id && t.UserId == userId, ct);
            if (row is null)
            {
                return null;
            }

            row.Label = label;
            Record(db, AuditKinds.PersonalTokenRenamed, row, userId);
            await db.SaveChangesAsync(ct);
            return ToToken(row);
        },
        cancellationToken);

    /// <summary>Ends a token, whoever's it is: for the operator alone. False when it is not there.</summary>
    public Task<bool> RevokeAsync(int id, CancellationToken cancellationToken = default) =>
        RevokeAsync(id, ownerId: null, RevocationReason.Administrator, cancellationToken);

    /// <summary>The same by its owner; false also when it is somebody else's.</summary>
    public Task<bool> RevokeAsync(int id, Guid userId, CancellationToken cancellationToken = default) =>
        RevokeAsync(id, userId, RevocationReason.UserRequest, cancellationToken);

    private Task<bool> RevokeAsync(int id, Guid? ownerId, RevocationReason why, CancellationToken cancellationToken) => _writes.RunAsync(
        async (db, ct) =>
        {
            var row = await db.PersonalTokens.SingleOrDefaultAsync(t => t.Id == id && (ownerId == null || t.UserId == ownerId), ct);
            if (row is null)
            {
                return false;
            }

            db.PersonalTokens.Remove(row);
            Record(db, AuditKinds.PersonalTokenRevoked, row, ownerId);
            await db.SaveChangesAsync(ct);
            await db.Living().Where(g => g.Id == row.GrantId).RevokeAsync(why, _clock.GetUtcNow(), ct);
            return true;
        },
        cancellationToken);

    private async Task<IReadOnlyList<PersonalToken>> ListAsync(
        Func<IQueryable<PersonalTokenRow>, IQueryable<PersonalTokenRow>> which, CancellationToken cancellationToken)
    {
        await using var db = _writes.OpenForReading();
        var rows = await which(db.PersonalTokens.AsNoTracking()).OrderBy(t => t.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ToToken)];
    }

    private static PersonalToken ToToken(PersonalTokenRow row) =>
        new(row.Id, row.UserId, row.GrantId, row.Label, row.FirstCharacters, ScopeSet.Parse(row.Scopes), row.CreatedAt, row.ExpiresAt);

    private static GrantRow RowOf(Grant grant) => new()
    {
        Id = grant.Id,
        UserId = grant.UserId,
        Scopes = grant.Scopes.ToString(),
        Resource = grant.Resource,
        State = grant.State,
        Generation = grant.Generation,
        RotatedAt = grant.RotatedAt,
        CreatedAt = grant.CreatedAt,
        ExpiresAt = grant.ExpiresAt,
    };

    private void Record(LatchkeyDbContext db, string kind, PersonalTokenRow row, Guid? actorId) => db.AuditEvents.Add(new AuditEvent
    {
        Time = _clock.GetUtcNow(),
        Kind = kind,
        ActorId = actorId,
        UserId = actorId is null ? row.UserId : null,
        GrantId = row.GrantId,
        Detail = row.Id.ToString(),
    });
}
