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

/// <summary>The registered clients. What ends or shrinks one ends or shrinks its grants before it is answered.</summary>
public sealed class ClientStore
{
    private readonly KnownClients _known;
    private readonly ManagementWrites _writes;
    private readonly ClientChanges _changes;
    private readonly ClientEndings _endings;
    private readonly TimeProvider _clock;

    internal ClientStore(IPointReads reads, ManagementWrites writes, GrantSteps steps, TimeProvider clock)
    {
        _known = new KnownClients(reads);
        _writes = writes;
        _changes = new ClientChanges(writes, clock);
        _endings = new ClientEndings(_changes, writes, steps, _known, clock);
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
#pragma warning disable CA1304, CA1311, CA1862 // The database does it. A registered host may be in upper case, an origin is not.
        var rows = await db.Clients.AsNoTracking()
            .Where(c => c.Status == ClientStatus.Active && c.RedirectUris.ToLower().Contains(origin))
            .ToListAsync(cancellationToken);
#pragma warning restore CA1304, CA1311, CA1862
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
                _changes.Record(db, AuditKinds.ClientCreated, row.Id, row.OwnerId, actorId: most is null ? null : row.OwnerId);
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
        string id, Guid? ownerId, string? label, IReadOnlyList<string>? redirectUris, CancellationToken cancellationToken = default) => _changes.RunAsync(
        id,
        ownerId,
        (db, row, _) =>
        {
            row.Label = label ?? row.Label;
            row.RedirectUris = redirectUris is null ? row.RedirectUris : ClientMapping.Json(redirectUris);
            _changes.Record(db, AuditKinds.ClientChanged, id, row.OwnerId, row.RedirectUris, ownerId);
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
        await _changes.RunAsync(
            id,
            ownerId,
            (db, row, _) =>
            {
                if (row.SecretHash is not null)
                {
                    row.SecretHash = secret.Hash();
                    changed = row.ToClient();
                    _changes.Record(db, AuditKinds.ClientSecretReset, id, row.OwnerId, actorId: ownerId);
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        return changed is null ? null : new RegisteredClient(changed, secret);
    }

    /// <summary>
    /// Anything but active ends every grant of the client. False when there is no such client. A very great many end in steps,
    /// after the status is set: when it throws, ask again.
    /// </summary>
    public Task<bool> SetStatusAsync(string id, ClientStatus status, CancellationToken cancellationToken = default) =>
        _endings.SetStatusAsync(id, status, cancellationToken);

    /// <summary>
    /// Takes what is no longer allowed out of living grants and remembered consents too, a very great many in steps: when it throws,
    /// ask again. False when there is no such client.
    /// </summary>
    public Task<bool> SetAllowedScopesAsync(string id, ScopeSet allowed, CancellationToken cancellationToken = default) =>
        _endings.SetAllowedScopesAsync(id, allowed, cancellationToken);

    /// <summary>
    /// Ends its grants and forgets its consents. False when there is no such client. One with a very great many is disabled first
    /// and goes when the last has ended: when it throws, ask again.
    /// </summary>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        _endings.RemoveAsync(id, ownerId: null, cancellationToken);

    /// <summary>The same by its owner; false also when it is somebody else's.</summary>
    public Task<bool> RemoveAsync(string id, Guid? ownerId, CancellationToken cancellationToken = default) =>
        _endings.RemoveAsync(id, ownerId, cancellationToken);

    internal Task<bool> RemoveAsync(LatchkeyDbContext db, string id, CancellationToken cancellationToken) =>
        _endings.RemoveAsync(db, id, ownerId: null, cancellationToken);

    /// <summary>Whether <see cref="RemoveAsync(string, CancellationToken)"/> takes one short transaction.</summary>
    internal static Task<bool> HasFewAsync(LatchkeyDbContext db, string id, CancellationToken cancellationToken) =>
        ClientEndings.HasFewAsync(db, id, cancellationToken);
}
