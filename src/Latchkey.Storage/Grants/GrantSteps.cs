using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;

namespace Latchkey.Storage.Grants;

/// <summary>Changes living grants that are too many for one transaction, which the database would cut off, and all others wait for.</summary>
internal sealed class GrantSteps(IGrantStore grants, ManagementWrites writes)
{
    /// <summary>The most that one transaction changes.</summary>
    public const int Most = 500;

    /// <summary>
    /// Runs <paramref name="change"/>, which returns how many it changed, for a few at a time in a transaction each, and again
    /// until a whole pass changes none. It may be killed at any point and run again.
    /// </summary>
    /// <param name="filter">Only its living ones are given.</param>
    public async Task RunAsync(
        GrantFilter filter, Func<LatchkeyDbContext, IQueryable<GrantRow>, CancellationToken, Task<int>> change, CancellationToken cancellationToken)
    {
        int changed;
        do
        {
            changed = 0;
            await foreach (var some in grants.ListAsync(filter with { LivingOnly = true }, cancellationToken).Chunk(Most).WithCancellation(cancellationToken))
            {
                var ids = some.Select(g => g.Id).ToList();
                changed += await writes.RunAsync((db, ct) => change(db, db.Living().Where(g => ids.Contains(g.Id)), ct), cancellationToken);
            }
        }
        while (changed > 0);
    }
}
