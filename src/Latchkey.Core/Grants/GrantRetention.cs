using Latchkey.Core.Tokens;

namespace Latchkey.Core.Grants;

/// <summary>
/// Whether a grant may be forgotten. What a reuse is known by has to stay for as long as any token of the grant could still be
/// good; after that its row answers nothing that its absence does not answer as well.
/// </summary>
/// <remarks>RFC 9700 §4.14.2.</remarks>
public static class GrantRetention
{
    /// <summary>
    /// The least to keep an ended grant for. A clock that went wrong by a day must cost nobody a living token; and a consent
    /// form, which is good for minutes, is answered once only because the grant it made is there.
    /// </summary>
    public static readonly TimeSpan LeastKept = TimeSpan.FromDays(1);

    /// <summary>The write that forgets the grant if it still stands like this; null while it is to stay.</summary>
    /// <param name="longest">The longest that any server gave tokens of this grant; a shorter life set since does not end them earlier.</param>
    /// <param name="keep">How long to keep it after its end; not less than <see cref="LeastKept"/>.</param>
    public static GrantWrite.Forget? Decide(Grant grant, TokenLifetimes longest, TimeSpan keep, DateTimeOffset now)
    {
        // Whoever is logged in can begin a million logins and finish none; nothing came of them that anybody would ask for.
        var kept = grant.State == GrantState.Pending ? LeastKept : keep;
        return EndOf(grant, longest) <= now - kept ? new GrantWrite.Forget(grant.Id, grant.State, grant.Generation) : null;
    }

    /// <summary>The moment from which on none of its tokens is good by its own expiry; null when there is none.</summary>
    private static DateTimeOffset? EndOf(Grant grant, TokenLifetimes longest)
    {
        // A personal token is never exchanged, so there is no reuse to see: dead by its row or by the row's absence is the same.
        if (grant.ClientId is null)
        {
            return grant.State == GrantState.Revoked ? grant.RevokedAt : grant.ExpiresAt;
        }

        // A row that lacks what its state needs is nothing we wrote, and stays.
        return grant.State switch
        {
            GrantState.Pending => grant.CodeExpiresAt,
            GrantState.Active => LastTokenEnd(grant, longest),
            _ => grant.RotatedAt is null ? Later(grant.RevokedAt, grant.CodeExpiresAt) : Later(grant.RevokedAt, LastTokenEnd(grant, longest)),
        };
    }

    // Those of earlier generations were born earlier and end earlier. The code may outlive them all if theirs is a short life.
    private static DateTimeOffset? LastTokenEnd(Grant grant, TokenLifetimes longest)
    {
        var life = grant.Refreshable && longest.RefreshIdle > longest.Access ? longest.RefreshIdle : longest.Access;
        var end = grant.RotatedAt + life;
        end = grant.ExpiresAt < end ? grant.ExpiresAt : end;
        return grant.CodeExpiresAt > end ? grant.CodeExpiresAt : end;
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other is null ? null : one > other ? one : other;
}
