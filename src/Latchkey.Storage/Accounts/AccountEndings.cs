using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Accounts;

/// <summary>
/// What ends a user, and their grants with them: in one transaction, or where they are too many for one, in a first that lets no
/// more begin and then in steps.
/// </summary>
internal sealed class AccountEndings(IPointReads reads, ManagementWrites writes, ClientStore clients, GrantSteps steps, TimeProvider clock)
{
    public async Task<bool> DisableAsync(Guid id, CancellationToken cancellationToken)
    {
        var ended = true;
        var found = await writes.RunAsync(
            async (db, ct) =>
            {
                if (!await SetDisabledAsync(db, id, true, ct))
                {
                    return false;
                }

                await db.Sessions.Where(s => s.UserId == id).ExecuteDeleteAsync(ct);
                ended = await GrantsOf(db, id).TryRevokeFewAsync(RevocationReason.UserEnded, clock.GetUtcNow(), ct);
                await RecordAsync(db, AuditKinds.UserDisabled, id, ct);
                return true;
            },
            cancellationToken);
        if (!ended)
        {
            await EndGrantsAsync(id, cancellationToken);
        }

        return found;
    }

    public async Task<bool> EnableAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await reads.UserAsync(id, cancellationToken) is { Disabled: true })
        {
            // What an ending that was cut off had left must not live again.
            await EndGrantsAsync(id, cancellationToken);
        }

        return await writes.RunAsync(
            async (db, ct) =>
            {
                if (!await SetDisabledAsync(db, id, false, ct))
                {
                    return false;
                }

                await RecordAsync(db, AuditKinds.UserEnabled, id, ct);
                return true;
            },
            cancellationToken);
    }

    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var deleted = await writes.RunAsync<bool?>(async (db, ct) => await HasFewAsync(db, id, ct) ? await DeleteAsync(db, id, ct) : null, cancellationToken);
        if (deleted is { } done)
        {
            return done;
        }

        if (!await DisableAsync(id, cancellationToken))
        {
            return false;
        }

        foreach (var client in await clients.ListAsync(id, cancellationToken))
        {
            await clients.RemoveAsync(client.Id, cancellationToken);
        }

        return await writes.RunAsync((db, ct) => DeleteAsync(db, id, ct), cancellationToken);
    }

    // Identity saves a user whole. The new stamp refuses whoever loaded the user before and would write the old state back.
    private async Task<bool> SetDisabledAsync(LatchkeyDbContext db, Guid id, bool disabled, CancellationToken cancellationToken)
    {
        var stamp = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        return await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.Disabled, disabled).SetProperty(u => u.ConcurrencyStamp, stamp), cancellationToken) == 1;
    }

    // Whoever enables the user again has ended the rest before, and what is issued from then on is not to be ended here.
    private Task EndGrantsAsync(Guid id, CancellationToken cancellationToken) => steps.RunAsync(
        new GrantFilter { UserId = id },
        async (db, grants, ct) => await db.Users.AnyAsync(u => u.Id == id && !u.Disabled, ct)
            ? 0
            : await grants.RevokeAsync(RevocationReason.UserEnded, clock.GetUtcNow(), ct),
        cancellationToken);

    private static async Task<bool> HasFewAsync(LatchkeyDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var few = await GrantsOf(db, id).AreFewAsync(cancellationToken);
        foreach (var client in await ClientsOf(db, id).ToListAsync(cancellationToken))
        {
            few = few && await ClientStore.HasFewAsync(db, client, cancellationToken);
        }

        return few;
    }

    private async Task<bool> DeleteAsync(LatchkeyDbContext db, Guid id, CancellationToken cancellationToken)
    {
        await db.Sessions.Where(s => s.UserId == id).ExecuteDeleteAsync(cancellationToken);
        await GrantsOf(db, id).RevokeAsync(RevocationReason.UserEnded, clock.GetUtcNow(), cancellationToken);
        foreach (var client in await ClientsOf(db, id).ToListAsync(cancellationToken))
        {
            await clients.RemoveAsync(db, client, cancellationToken);
        }

        if (await db.Users.Where(u => u.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await RecordAsync(db, AuditKinds.UserDeleted, id, cancellationToken);
        return true;
    }

    private static IQueryable<GrantRow> GrantsOf(LatchkeyDbContext db, Guid id) => db.Living().Where(g => g.UserId == id);

    private static IQueryable<string> ClientsOf(LatchkeyDbContext db, Guid id) => db.Clients.Where(c => c.OwnerId == id).Select(c => c.Id);

    private async Task RecordAsync(LatchkeyDbContext db, string kind, Guid userId, CancellationToken cancellationToken)
    {
        db.AuditEvents.Add(new AuditEvent { Time = clock.GetUtcNow(), Kind = kind, UserId = userId });
        await db.SaveChangesAsync(cancellationToken);
    }
}
