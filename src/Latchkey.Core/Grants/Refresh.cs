using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>Whether a refresh token yields new tokens, and which.</summary>
/// <remarks>RFC 6749 §6, RFC 8707 §2.2, RFC 9700 §4.14.2.</remarks>
public static class Refresh
{
    /// <summary>Decides on a refresh token whose seal is proven, presented by a client that is proven too.</summary>
    /// <param name="wanted">The <c>scope</c> of the request; null for all that was granted.</param>
    public static RefreshDecision Decide(
        TokenContent token,
        Grant? grant,
        Client client,
        ScopeSet? wanted,
        TokenLifetimes lifetimes,
        DateTimeOffset now,
        NamedResource resource = default)
    {
        // As with codes: the wrong client learns nothing and breaks nothing (OAuth 2.1 §7.5.2).
        if (grant is null || token.Kind != TokenKind.Refresh || token.IsExpired(now) || grant.ExpiresAt <= now
            || !string.Equals(grant.ClientId, client.Id, StringComparison.Ordinal)
            || grant.State != GrantState.Active || !grant.Refreshable)
        {
            return new RefreshDecision.Refuse(OAuthErrors.InvalidGrant.Because("The refresh token is invalid, expired or revoked; send the user to log in again.", OAuthParameters.RefreshToken));
        }

        var age = grant.Generation - token.Generation;

        // To both sides: another node's clock may be a little behind, but one that was set back by an hour must not hold the
        // window open for that hour.
        var isRetry = age == 1 && (now - grant.RotatedAt)?.Duration() < lifetimes.RetryWindow;
        if (age != 0 && !isRetry)
        {
            // Two holders of one refresh token: one is a thief, and nobody can say which (RFC 9700 §4.14.2).
            return new RefreshDecision.Reuse(new GrantWrite.Revoke(grant.Id, RevocationReason.RefreshTokenReuse, now));
        }

        if (!resource.IsOf(grant))
        {
            return new RefreshDecision.Refuse(OAuthErrors.InvalidTarget.Because("resource differs from the one the user agreed to.", OAuthParameters.Resource));
        }

        // What an operator took from the client is gone from the next token on, though the grant still names it.
        var reach = grant.Scopes.Intersect(client.Reach);
        if (wanted is { } scopes && reach.Narrow(scopes) is null)
        {
            return new RefreshDecision.Refuse(OAuthErrors.InvalidScope.Because("scope reaches further than what the user granted.", OAuthParameters.Scope));
        }

        var ceiling = (wanted ?? reach) == grant.Scopes ? default(ScopeSet?) : wanted ?? reach;
        if (ceiling is { } narrow && !TokenFormat.Fits(narrow))
        {
            return new RefreshDecision.Refuse(OAuthErrors.InvalidScope.Because("scope names more than fits into a token; ask for fewer.", OAuthParameters.Scope));
        }

        return isRetry
            ? new RefreshDecision.Repeat(grant, ceiling)
            : new RefreshDecision.Rotate(new GrantWrite.Rotate(grant.Id, grant.Generation, now), ceiling);
    }
}
