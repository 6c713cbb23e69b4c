using Latchkey.CloudApi.Storage;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>The callers' Linodes. Every query names the owner: another's does not exist.</summary>
internal sealed class InstanceStore(CloudContext db, WriteGate gate, TimeProvider clock, CloudApiOptions options)
{
    private static readonly InstanceOutcome Missing = new(null, null, null);

    public async Task<IReadOnlyList<Instance>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        var own = await db.Instances.AsNoTracking().Where(i => i.Owner == owner).OrderBy(i => i.Id).ToListAsync(cancellationToken);
        return [.. own.Select(Show)];
    }

    public async Task<Instance?> FindAsync(string owner, int id, CancellationToken cancellationToken) =>
        await db.Instances.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.Owner == owner, cancellationToken) is { } stored
            ? Show(stored)
            : null;

    public Task<InstanceOutcome> CreateAsync(string owner, NewInstance wanted, CancellationToken cancellationToken) =>
        gate.WriteAsync(db, async () =>
        {
            if (await db.Instances.CountAsync(i => i.Owner == owner, cancellationToken) >= options.MaxInstancesPerUser)
            {
                return InstanceOutcome.Refused("Account Limit reached. Please open a support ticket.");
            }

            if (wanted.Label is not null && await IsTakenAsync(owner, wanted.Label, cancellationToken))
            {
                return InstanceOutcome.Refused("Label must be unique among your linodes", "label");
            }

            if (await FreeSlotAsync(cancellationToken) is not { } slot)
            {
                return InstanceOutcome.Refused("No address is free in this region.", "region");
            }

            var stored = Make(owner, wanted, slot);
            db.Instances.Add(stored);
            await db.SaveChangesAsync(cancellationToken);
            if (wanted.Label is null)
            {
                stored.Label = await DefaultLabelAsync(owner, stored.Id, cancellationToken);
            }

            if (wanted.Script is { IsPublic: false, Id: var script })
            {
                await db.StackScripts.Where(s => s.Id == script)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.Deployments, x => x.Deployments + 1), cancellationToken);
            }

            return InstanceOutcome.Done(Show(stored));
        }, cancellationToken);

    public Task<InstanceOutcome> UpdateAsync(string owner, int id, InstanceFields fields, CancellationToken cancellationToken) =>
        ChangeAsync(owner, id, async stored =>
        {
            if (fields.Label is not null && fields.Label != stored.Label && await IsTakenAsync(owner, fields.Label, cancellationToken))
            {
                return InstanceOutcome.Refused("Label must be unique among your linodes", "label");
            }

            stored.Label = fields.Label ?? stored.Label;
            stored.Group = fields.Group ?? stored.Group;
            stored.Tags = fields.Tags is null ? stored.Tags : [.. fields.Tags];
            stored.WatchdogEnabled = fields.WatchdogEnabled ?? stored.WatchdogEnabled;
            stored.Alerts = fields.Alerts?.Apply(stored.Alerts) ?? stored.Alerts;
            stored.Updated = clock.GetUtcNow();
            return InstanceOutcome.Done(Show(stored));
        }, cancellationToken);

    /// <summary>Boot, reboot or shut down: the state is checked and changed in one transaction, so of two callers one is told it is busy.</summary>
    public Task<InstanceOutcome> ActAsync(string owner, int id, LastAction action, CancellationToken cancellationToken) =>
        ChangeAsync(owner, id, stored =>
        {
            var refusal = stored.Image is null && action == LastAction.Boot
                ? "Linode has no disk to boot from."
                : InstanceStatus.Refusal(Show(stored).Status, action);
            if (refusal is null)
            {
                stored.LastAction = action;
                stored.LastActionAt = stored.Updated = clock.GetUtcNow();
            }

            return Task.FromResult(refusal is null ? InstanceOutcome.Done(Show(stored)) : InstanceOutcome.Refused(refusal));
        }, cancellationToken);

    public async Task<bool> DeleteAsync(string owner, int id, CancellationToken cancellationToken) =>
        await gate.WriteAsync(
            db, () => db.Instances.Where(i => i.Id == id && i.Owner == owner).ExecuteDeleteAsync(cancellationToken), cancellationToken) == 1;

    private Task<InstanceOutcome> ChangeAsync(
        string owner, int id, Func<StoredInstance, Task<InstanceOutcome>> change, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            db,
            async () => await db.Instances.SingleOrDefaultAsync(i => i.Id == id && i.Owner == owner, cancellationToken) is { } stored
                ? await change(stored)
                : Missing,
            cancellationToken);

    private StoredInstance Make(string owner, NewInstance wanted, int slot)
    {
        var now = clock.GetUtcNow();
        var host = Guid.CreateVersion7(now);
        return new StoredInstance
        {
            Owner = owner,
            Label = wanted.Label ?? $"new {host}",   // no label may hold a blank: nobody else's until the id is known
            Group = wanted.Group,
            Tags = [.. wanted.Tags],
            Region = wanted.Region,
            Type = wanted.Type.Id,
            Image = wanted.Image,
            StackScriptId = wanted.Script?.Id,
            AddressSlot = slot,
            HostId = host,
            WatchdogEnabled = true,
            Alerts = Alerts.For(wanted.Type.Vcpus),
            LastAction = wanted.Booted ? LastAction.CreatedToRun : LastAction.CreatedToRest,
            LastActionAt = now,
            Created = now,
            Updated = now,
        };
    }

    private Task<bool> IsTakenAsync(string owner, string label, CancellationToken cancellationToken) =>
        db.Instances.AnyAsync(i => i.Owner == owner && i.Label == label, cancellationToken);

    private async Task<string> DefaultLabelAsync(string owner, int id, CancellationToken cancellationToken)
    {
        var label = $"linode{id}";
        for (var more = 2; await IsTakenAsync(owner, label, cancellationToken); more++)
        {
            label = $"linode{id}-{more}";
        }

        return label;
    }

    // The lowest slot whose left neighbour is taken; slot 0 is tried apart, having no neighbour.
    private async Task<int?> FreeSlotAsync(CancellationToken cancellationToken)
    {
        if (!await db.Instances.AnyAsync(i => i.AddressSlot == 0, cancellationToken))
        {
            return 0;
        }

        var free = await db.Instances.Where(i => !db.Instances.Any(o => o.AddressSlot == i.AddressSlot + 1))
            .MinAsync(i => i.AddressSlot + 1, cancellationToken);
        return free < Addresses.Slots ? free : null;
    }

    private Instance Show(StoredInstance stored) => Instance.Of(stored, clock.GetUtcNow(), options.Durations);
}
