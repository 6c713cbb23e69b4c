using Latchkey.Core.Grants;
using Latchkey.Protocol;

namespace Latchkey.Core.Tokens;

/// <summary>
/// Writes the tokens of a grant's current generation. Everything follows from the row, so asking twice yields the same
/// bytes: that is what makes a retried refresh harmless.
/// </summary>
public sealed class TokenIssuer(KeyRing keys, TokenLifetimes lifetimes)
{
    /// <summary>The code of a pending grant.</summary>
    public AuthorizationCode Code(Grant grant) => new(keys.Seal(
        new TokenContent(TokenKind.AuthorizationCode, grant.Id, 0, grant.CodeExpiresAt), grant.CreatedAt));

    /// <summary>The personal access token of a grant that has no client.</summary>
    public PersonalAccessToken Personal(Grant grant) => new(keys.Seal(
        new TokenContent(TokenKind.Personal, grant.Id, grant.Generation, grant.ExpiresAt), grant.CreatedAt));

    /// <summary>Access and refresh token of an active grant's current generation.</summary>
    /// <param name="grant">Active.</param>
    /// <param name="ceiling">What the access token is held below; null for all that was granted. The refresh token keeps the full grant (RFC 6749 §6).</param>
    /// <param name="now">For <c>expires_in</c> alone.</param>
    public IssuedTokens Tokens(Grant grant, ScopeSet? ceiling, DateTimeOffset now)
    {
        var bornAt = grant.RotatedAt ?? throw new ArgumentException("Only an active grant has tokens.", nameof(grant));
        var accessEnd = Earlier(bornAt + lifetimes.Access, grant.ExpiresAt);
        var access = new TokenContent(TokenKind.Access, grant.Id, grant.Generation, accessEnd, ceiling);
        var refresh = new TokenContent(
            TokenKind.Refresh, grant.Id, grant.Generation, Earlier(bornAt + lifetimes.RefreshIdle, grant.ExpiresAt));
        return new IssuedTokens(
            new AccessToken(keys.Seal(access, bornAt)),
            Math.Max(0, (long)(accessEnd - now).TotalSeconds),
            grant.Refreshable ? new RefreshToken(keys.Seal(refresh, bornAt)) : null,
            ceiling ?? grant.Scopes);
    }

    private static DateTimeOffset Earlier(DateTimeOffset end, DateTimeOffset? limit) => limit < end ? limit.Value : end;
}
