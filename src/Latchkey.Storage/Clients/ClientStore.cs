using System.Security.Cryptography;
using Latchkey.Core.Clients;
using Latchkey.Core.Consent;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Clients;

/// <summary>The registered clients. What ends or shrinks one ends or shrinks its grants in the same transaction.</summary>
public sealed class ClientStore
{
    private readonly KnownClients _known;
    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal ClientStore(IPointReads reads, ManagementWrites writes, TimeProvider clock)
    {
        _known = new KnownClients(reads);
        _writes = writes;
        _clock = clock;
    }

    /// <summary>One read by primary key; a change by another process counts at the next call.</summary>
    public ValueTask<Client?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _known.FindAsync(id, cancellationToken);
    }

    /// <summary>
    /// The client as <see cref="FindAsync"/> finds it and, in the same trip to the database, a grant with its user's name.
    /// </summary>
    public ValueTask<(Client? Client, NamedGrant? Grant)> FindWithGrantAsync(string id, Guid grantId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _known.FindWithGrantAsync(id, grantId, cancellationToken);
    }

    /// <summary>
    /// The client as <see cref="FindAsync"/> finds it and, in the same trip to the database, what the user has agreed to for it
    /// at that place; null when never asked or withdrawn.
    /// </summary>
    public ValueTask<(Client? Client, ScopeSet? Consent)> FindWithConsentAsync(
        string id, Guid userId, ConsentPlace place, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _known.FindWithConsentAsync(id, userId, place, cancellationToken);
    }

    public async Task<IReadOnlyList<Client>> ListAsync(Guid? ownerId = null, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var rows = await db.Clients.AsNoTracking()
            .Where(c => ownerId == null || c.OwnerId == ownerId)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => r.ToClient())];
    }

    /// <summary>True when an active API answers for this resource.</summary>
    /// <remarks>RFC 8707 §2.</remarks>
    public async Task<bool> AnyAnswersForAsync(string resource, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return await db.Clients.AnyAsync(c => c.Api && c.Status == ClientStatus.Active && c.Resource == resource, cancellationToken);
    }

    /// <summary>True when an active client has a redirect URI of this origin.</summary>
    public async Task<bool> AnyRunsAtAsync(string origin, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var rows = await db.Clients.AsNoTracking()
            .Where(c => c.Status == ClientStatus.Active && c.RedirectUris.Contains(origin))
            .ToListAsync(cancellationToken);
        return rows.Any(r => r.ToClient().RunsAt(origin));
    }

    /// <summary>Registers a client for the operator, who may have as many as they want.</summary>
    public async Task<RegisteredClient> AddAsync(NewClient client, CancellationToken cancellationToken = default) =>
        (await AddAsync(client, most: null, cancellationToken))!;

    /// <summary>The same by its owner; null when they have <paramref name="most"/> already, or are gone or disabled.</summary>
    public Task<RegisteredClient?> AddOwnAsync(NewClient client, int most, CancellationToken cancellationToken = default) =>
        AddAsync(client, most, cancellationToken);

    private Task<RegisteredClient?> AddAsync(NewClient client, int? most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);

        // Linode gives its public clients a secret too, and its libraries may send it; a strict public client has none.
        var secret = client is { Public: true, SecretThoughPublic: false, Compatibility: Compatibility.None } ? null : ClientSecret.Generate();
        return _writes.RunAsync<RegisteredClient?>(
            async (db, ct) =>
            {
                // Here and not before: of fifty requests at once each would still find room.
                if (most is { } limit
                    && (!await db.Users.AnyAsync(u => u.Id == client.OwnerId && !u.Disabled, ct)
                        || await db.Clients.CountAsync(c => c.OwnerId == client.OwnerId, ct) >= limit))
                {
                    return null;
                }

                var row = client.ToRow(RandomNumberGenerator.GetHexString(20, lowercase: true), secret, _clock.GetUtcNow());
                db.Clients.Add(row);
                Record(db, AuditKinds.ClientCreated, row.Id, row.OwnerId, actorId: most is null ? null : row.OwnerId);
                await db.SaveChangesAsync(ct);
                return new RegisteredClient(row.ToClient(), secret);
            },
            cancellationToken);
    }

    /// <summary>Changes what is shown or where codes go; null leaves a value as it is. False when there is no such client.</summary>
    public Task<bool> UpdateAsync(
        string id, string? label = null, IReadOnlyList<string>? redirectUris = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(id, ownerId: null, label, redirectUris, cancellationToken);

    /// <summary>The same by its owner; false also when it is somebody else's.</summary>
    public Task<bool> UpdateAsync(
        string id, Guid? ownerId, string? label, IReadOnlyList<string>? redirectUris, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        ownerId,
        (db, row, _) =>
        {
            row.Label = label ?? row.Label;
            row.RedirectUris = redirectUris is null ? row.RedirectUris : ClientMapping.Json(redirectUris);
            Record(db, AuditKinds.ClientChanged, id, row.OwnerId, row.RedirectUris, ownerId);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>A new secret; the old one stops at once. Null when there is no such client or it is one without a secret.</summary>
    public Task<RegisteredClient?> ResetSecretAsync(string id, CancellationToken cancellationToken = default) =>
        ResetSecretAsync(id, ownerId: null, cancellationToken);

    /// <summary>The same by its owner; null also when it is somebody else's.</summary>
    public async Task<RegisteredClient?> ResetSecretAsync(string id, Guid? ownerId, CancellationToken cancellationToken = default)
    {
        var secret = ClientSecret.Generate();
        Client? changed = null;
        await ChangeAsync(
            id,
            ownerId,
            (db, row, _) =>
            {
                if (row.SecretHash is not null)
                {
                    row.SecretHash = secret.Hash();
                    changed = row.ToClient();
                    Record(db, AuditKinds.ClientSecretReset, id, row.OwnerId, actorId: ownerId);
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        return changed is null ? null : new RegisteredClient(changed, secret);
    }

    /// <summary>Anything but active ends every grant of the client. False when there is no such client.</summary>
    public Task<bool> SetStatusAsync(string id, ClientStatus status, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        ownerId: null,
        async (db, row, ct) =>
        {
            row.Status = status;
            Record(db, AuditKinds.ClientStatusChanged, id, row.OwnerId, status.ToString());
            if (status != ClientStatus.Active)
            {
                await GrantsOf(db, id).RevokeAsync(RevocationReason.ClientEnded, _clock.GetUtcNow(), ct);
            }
        },
        cancellationToken);

    /// <summary>Takes what is no longer allowed out of living grants and remembered consents too. False when there is no such client.</summary>
    public Task<bool> SetAllowedScopesAsync(string id, ScopeSet allowed, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        ownerId: null,
        async (db, row, ct) =>
        {
            row.AllowedScopes = allowed.ToString();
            Record(db, AuditKinds.ClientScopesChanged, id, row.OwnerId, row.AllowedScopes);
            await GrantsOf(db, id).NarrowAsync(allowed, ct);
            foreach (var consent in await db.Consents.Where(c => c.ClientId == id).ToListAsync(ct))
            {
                consent.Scopes = ScopeSet.Parse(consent.Scopes).Intersect(allowed).ToString();
            }
        },
        cancellationToken);

    /// <summary>Ends its grants and forgets its consents. False when there is no such client.</summary>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        RemoveAsync(id, ownerId: null, cancellationToken);

    /// <summary>The same by its owner; false also when it is somebody else's.</summary>
    public Task<bool> RemoveAsync(string id, Guid? ownerId, CancellationToken cancellationToken = default) =>
        _writes.RunAsync((db, ct) => RemoveAsync(db, id, ownerId, ct), cancellationToken);

    internal async Task<bool> RemoveAsync(LatchkeyDbContext db, string id, Guid? ownerId, CancellationToken cancellationToken)
    {
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && (ownerId == null || c.OwnerId == ownerId), cancellationToken);
        if (client is null)
        {
            return false;
        }

        await db.Consents.Where(c => c.ClientId == id).ExecuteDeleteAsync(cancellationToken);
        await GrantsOf(db, id).RevokeAsync(RevocationReason.ClientEnded, _clock.GetUtcNow(), cancellationToken);
        await db.Clients.Where(c => c.Id == id).ExecuteDeleteAsync(cancellationToken);
        _known.Forget(id);
        Record(db, AuditKinds.ClientRemoved, id, client.OwnerId, actorId: ownerId);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static IQueryable<GrantRow> GrantsOf(LatchkeyDbContext db, string id) => db.Living().Where(g => g.ClientId == id);

    private Task<bool> ChangeAsync(
        string id, Guid? ownerId, Func<LatchkeyDbContext, ClientRow, CancellationToken, Task> change, CancellationToken cancellationToken) => _writes.RunAsync(
        async (db, ct) =>
        {
            var row = await db.Clients.SingleOrDefaultAsync(c => c.Id == id && (ownerId == null || c.OwnerId == ownerId), ct);
            if (row is null)
            {
                return false;
            }

            row.Version++;
            await change(db, row, ct);
            await db.SaveChangesAsync(ct);
            return true;
        },
        cancellationToken);

    private void Record(LatchkeyDbContext db, string kind, string clientId, Guid? ownerId, string? detail = null, Guid? actorId = null) =>
        db.AuditEvents.Add(new AuditEvent
        {
            Time = _clock.GetUtcNow(),
            Kind = kind,
            ActorId = actorId,
            UserId = ownerId == actorId ? null : ownerId,
            ClientId = clientId,
            Detail = detail,
        });
}
