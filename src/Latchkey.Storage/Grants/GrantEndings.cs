using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Grants;

/// <summary>
/// Ends or narrows grants inside the transaction that takes away what they stood on, so that reading the one row stays the whole
/// truth; those that are too many for one go by <see cref="GrantSteps"/>.
/// </summary>
internal static class GrantEndings
{
    public static IQueryable<GrantRow> Living(this LatchkeyDbContext db) => db.Grants.Where(g => g.State != GrantState.Revoked);

    /// <summary>Returns how many ended.</summary>
    public static Task<int> RevokeAsync(
        this IQueryable<GrantRow> grants, RevocationReason why, DateTimeOffset at, CancellationToken cancellationToken) =>
        grants.ExecuteUpdateAsync(
            set => set
                .SetProperty(g => g.State, GrantState.Revoked)
                .SetProperty(g => g.RevokedAt, at)
                .SetProperty(g => g.RevokedWhy, why),
            cancellationToken);

    /// <summary>False, and nothing is ended, when they are too many for one transaction.</summary>
    public static async Task<bool> TryRevokeFewAsync(
        this IQueryable<GrantRow> grants, RevocationReason why, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!await grants.AreFewAsync(cancellationToken))
        {
            return false;
        }

        await grants.RevokeAsync(why, at, cancellationToken);
        return true;
    }

    public static async Task<bool> AreFewAsync(this IQueryable<GrantRow> grants, CancellationToken cancellationToken) =>
        await grants.Take(GrantSteps.Most + 1).CountAsync(cancellationToken) <= GrantSteps.Most;

    /// <summary>
    /// Takes what is not allowed any more out of each, and returns out of how many. A server's grants share few sets of scopes:
    /// one update per set.
    /// </summary>
    public static async Task<int> NarrowAsync(this IQueryable<GrantRow> grants, ScopeSet allowed, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var text in await grants.Select(g => g.Scopes).Distinct().ToListAsync(cancellationToken))
        {
            var narrowed = ScopeSet.Parse(text).Intersect(allowed).ToString();
            if (narrowed != text)
            {
                changed += await grants.Where(g => g.Scopes == text).ExecuteUpdateAsync(set => set.SetProperty(g => g.Scopes, narrowed), cancellationToken);
            }
        }

        return changed;
    }
}
