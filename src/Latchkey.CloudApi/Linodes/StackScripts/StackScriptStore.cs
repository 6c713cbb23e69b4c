using Latchkey.CloudApi.Authentication;
using Latchkey.CloudApi.Storage;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.CloudApi.Linodes.StackScripts;

/// <summary>The callers' own StackScripts. Every query names the owner: another's does not exist.</summary>
internal sealed class StackScriptStore(CloudContext db, WriteGate gate, TimeProvider clock)
{
    public async Task<IReadOnlyList<StackScript>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        var own = await db.StackScripts.AsNoTracking().Where(s => s.Owner == owner).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var active = await db.Instances.Where(i => i.Owner == owner && i.StackScriptId != null)
            .GroupBy(i => i.StackScriptId!.Value).ToDictionaryAsync(g => g.Key, g => g.Count(), cancellationToken);
        return [.. own.Select(s => StackScript.Of(s, active.GetValueOrDefault(s.Id)))];
    }

    public async Task<StackScript?> FindAsync(string owner, int id, CancellationToken cancellationToken) =>
        await db.StackScripts.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Owner == owner, cancellationToken) is { } stored
            ? StackScript.Of(stored, await ActiveAsync(owner, id, cancellationToken))
            : null;

    /// <summary>Null when the caller already has as many as one may have.</summary>
    public async Task<StackScript?> CreateAsync(Caller caller, StackScriptFields fields, int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var stored = new StoredStackScript
        {
            Owner = caller.Subject,
            Username = caller.Username,
            Label = fields.Label!,
            Description = fields.Description ?? "",
            Images = [.. fields.Images!],
            Script = fields.Script!,
            RevisionNote = fields.RevisionNote ?? "",
            Created = now,
            Updated = now,
        };
        var added = await gate.WriteAsync(db, async () =>
        {
            var room = await db.StackScripts.CountAsync(s => s.Owner == caller.Subject, cancellationToken) < most;
            if (room)
            {
                db.StackScripts.Add(stored);
            }

            return room;
        }, cancellationToken);
        return added ? StackScript.Of(stored, 0) : null;
    }

    public Task<StackScript?> UpdateAsync(string owner, int id, StackScriptFields fields, CancellationToken cancellationToken) =>
        gate.WriteAsync(db, async () =>
        {
            if (await db.StackScripts.SingleOrDefaultAsync(s => s.Id == id && s.Owner == owner, cancellationToken) is not { } stored)
            {
                return null;
            }

            stored.Label = fields.Label ?? stored.Label;
            stored.Description = fields.Description ?? stored.Description;
            stored.Images = fields.Images is null ? stored.Images : [.. fields.Images];
            stored.Script = fields.Script ?? stored.Script;
            stored.RevisionNote = fields.RevisionNote ?? stored.RevisionNote;
            stored.Updated = clock.GetUtcNow();
            return StackScript.Of(stored, await ActiveAsync(owner, id, cancellationToken));
        }, cancellationToken);

    public async Task<bool> DeleteAsync(string owner, int id, CancellationToken cancellationToken) =>
        await gate.WriteAsync(
            db, () => db.StackScripts.Where(s => s.Id == id && s.Owner == owner).ExecuteDeleteAsync(cancellationToken), cancellationToken) == 1;

    private Task<int> ActiveAsync(string owner, int id, CancellationToken cancellationToken) =>
        db.Instances.CountAsync(i => i.Owner == owner && i.StackScriptId == id, cancellationToken);
}
