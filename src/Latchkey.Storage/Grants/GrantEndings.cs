using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Grants;

/// <summary>
/// Ends or narrows many grants inside the transaction that takes away what they stood on, so that reading the one row stays
/// the whole truth.
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

    /// <summary>Takes what is not allowed any more out of each. A server's grants share few sets of scopes: one update per set.</summary>
    public static async Task NarrowAsync(this IQueryable<GrantRow> grants, ScopeSet allowed, CancellationToken cancellationToken)
    {
        foreach (var text in await grants.Select(g => g.Scopes).Distinct().ToListAsync(cancellationToken))
        {
            var narrowed = ScopeSet.Parse(text).Intersect(allowed).ToString();
            if (narrowed != text)
            {
                await grants.Where(g => g.Scopes == text).ExecuteUpdateAsync(set => set.SetProperty(g => g.Scopes, narrowed), cancellationToken);
            }
        }
    }
}
