using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Clients;

/// <summary>
/// What ends or shrinks a client, and its grants with it: in one transaction, or where they are too many for one, in a first
/// that lets no more begin and then in steps.
/// </summary>
internal sealed class ClientEndings(ClientChanges changes, ManagementWrites writes, GrantSteps steps, KnownClients known, TimeProvider clock)
{
    public async Task<bool> SetStatusAsync(string id, ClientStatus status, CancellationToken cancellationToken)
    {
        if (status == ClientStatus.Active)
        {
            await EndLeftAsync(id, cancellationToken);
        }

        var ended = true;
        var found = await changes.RunAsync(
            id,
            ownerId: null,
            async (db, row, ct) =>
            {
                row.Status = status;
                changes.Record(db, AuditKinds.ClientStatusChanged, id, row.OwnerId, status.ToString());
                ended = status == ClientStatus.Active
                    || await GrantsOf(db, id).TryRevokeFewAsync(RevocationReason.ClientEnded, clock.GetUtcNow(), ct);
            },
            cancellationToken);
        if (!ended)
        {
            await EndGrantsAsync(id, cancellationToken);
        }

        return found;
    }

    public async Task<bool> SetAllowedScopesAsync(string id, ScopeSet allowed, CancellationToken cancellationToken)
    {
        var few = true;
        var found = await changes.RunAsync(
            id,
            ownerId: null,
            async (db, row, ct) =>
            {
                row.AllowedScopes = allowed.ToString();
                changes.Record(db, AuditKinds.ClientScopesChanged, id, row.OwnerId, row.AllowedScopes);
                few = await HasFewAsync(db, id, ct);
                if (few)
                {
                    var reach = Client.ReachOf(allowed);
                    await GrantsOf(db, id).NarrowAsync(reach, ct);
                    Narrow(await db.Consents.Where(c => c.ClientId == id).ToListAsync(ct), reach);
                }
            },
            cancellationToken);
        if (!few)
        {
            await steps.RunAsync(
                new GrantFilter { ClientId = id },
                async (db, grants, ct) => await ReachAsync(db, id, ct) is { } now ? await grants.NarrowAsync(now, ct) : 0,
                cancellationToken);
            await NarrowConsentsAsync(id, cancellationToken);
        }

        return found;
    }

    public async Task<bool> RemoveAsync(string id, Guid? ownerId, CancellationToken cancellationToken)
    {
        var removed = await writes.RunAsync<bool?>(
            async (db, ct) => await HasFewAsync(db, id, ct)
                ? await RemoveAsync(db, id, ownerId, ct)
                : await DisableAsync(db, id, ownerId, ct) ? null : false,
            cancellationToken);
        if (removed is { } done)
        {
            return done;
        }

        await EndGrantsAsync(id, cancellationToken);
        await ForgetConsentsAsync(id, cancellationToken);
        return await writes.RunAsync((db, ct) => RemoveAsync(db, id, ownerId, ct), cancellationToken);
    }

    public async Task<bool> RemoveAsync(LatchkeyDbContext db, string id, Guid? ownerId, CancellationToken cancellationToken)
    {
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && (ownerId == null || c.OwnerId == ownerId), cancellationToken);
        if (client is null)
        {
            return false;
        }

        await db.Consents.Where(c => c.ClientId == id).ExecuteDeleteAsync(cancellationToken);
        await GrantsOf(db, id).RevokeAsync(RevocationReason.ClientEnded, clock.GetUtcNow(), cancellationToken);
        await db.Clients.Where(c => c.Id == id).ExecuteDeleteAsync(cancellationToken);
        known.Forget(id);
        changes.Record(db, AuditKinds.ClientRemoved, id, client.OwnerId, actorId: ownerId);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public static async Task<bool> HasFewAsync(LatchkeyDbContext db, string id, CancellationToken cancellationToken) =>
        await GrantsOf(db, id).AreFewAsync(cancellationToken)
        && await db.Consents.Where(c => c.ClientId == id).Take(GrantSteps.Most + 1).CountAsync(cancellationToken) <= GrantSteps.Most;

    private Task<bool> DisableAsync(LatchkeyDbContext db, string id, Guid? ownerId, CancellationToken cancellationToken) => ClientChanges.RunAsync(
        db,
        id,
        ownerId,
        (_, row, _) =>
        {
            if (row.Status == ClientStatus.Active)
            {
                row.Status = ClientStatus.Disabled;
                changes.Record(db, AuditKinds.ClientStatusChanged, id, row.OwnerId, nameof(ClientStatus.Disabled), ownerId);
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>What an ending that was cut off had left must not live again.</summary>
    private async Task EndLeftAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = writes.OpenForReading();
        if (await db.Clients.AnyAsync(c => c.Id == id && c.Status != ClientStatus.Active, cancellationToken))
        {
            await EndGrantsAsync(id, cancellationToken);
        }
    }

    // Whoever makes it active again has ended the rest before, and what is issued from then on is not to be ended here.
    private Task EndGrantsAsync(string id, CancellationToken cancellationToken) => steps.RunAsync(
        new GrantFilter { ClientId = id },
        async (db, grants, ct) => await db.Clients.AnyAsync(c => c.Id == id && c.Status == ClientStatus.Active, ct)
            ? 0
            : await grants.RevokeAsync(RevocationReason.ClientEnded, clock.GetUtcNow(), ct),
        cancellationToken);

    private async Task NarrowConsentsAsync(string id, CancellationToken cancellationToken)
    {
        int? after = 0;
        while (after is { } last)
        {
            after = await writes.RunAsync<int?>(
                async (db, ct) =>
                {
                    var consents = await db.Consents.Where(c => c.ClientId == id && c.Id > last).OrderBy(c => c.Id).Take(GrantSteps.Most).ToListAsync(ct);
                    if (consents.Count == 0 || await ReachAsync(db, id, ct) is not { } reach)
                    {
                        return null;
                    }

                    Narrow(consents, reach);
                    await db.SaveChangesAsync(ct);
                    return consents[^1].Id;
                },
                cancellationToken);
        }
    }

    private async Task ForgetConsentsAsync(string id, CancellationToken cancellationToken)
    {
        while (await writes.RunAsync(
            (db, ct) => db.Consents.Where(c => c.ClientId == id).OrderBy(c => c.Id).Take(GrantSteps.Most).ExecuteDeleteAsync(ct), cancellationToken) > 0)
        {
        }
    }

    private static async Task<ScopeSet?> ReachAsync(LatchkeyDbContext db, string id, CancellationToken cancellationToken)
    {
        var text = await db.Clients.Where(c => c.Id == id).Select(c => c.AllowedScopes).SingleOrDefaultAsync(cancellationToken);
        return text is null ? (ScopeSet?)null : Client.ReachOf(ScopeSet.Parse(text));
    }

    private static void Narrow(List<ConsentRow> consents, ScopeSet reach)
    {
        foreach (var consent in consents)
        {
            consent.Scopes = ScopeSet.Parse(consent.Scopes).Intersect(reach).ToString();
        }
    }

    private static IQueryable<GrantRow> GrantsOf(LatchkeyDbContext db, string id) => db.Living().Where(g => g.ClientId == id);
}
