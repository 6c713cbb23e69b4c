using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>Whether a code may be redeemed.</summary>
/// <remarks>RFC 6749 §4.1.3, RFC 7636 §4.6, RFC 8707 §2.2, RFC 9700 §4.8.2; OAuth 2.1 §7.5.2.</remarks>
public static class CodeExchange
{
    private static readonly OAuthError Expired =
        OAuthErrors.InvalidGrant.Because("The code is unknown or has expired; send the user to log in again.", OAuthParameters.Code);

    /// <summary>Decides on a code whose seal is proven, presented by a client that is proven too.</summary>
    public static CodeExchangeDecision Decide(
        TokenContent code,
        Grant? grant,
        Client client,
        string? redirectUri,
        string? codeVerifier,
        TokenLifetimes lifetimes,
        DateTimeOffset now,
        NamedResource resource = default)
    {
        if (grant is null || code.Kind != TokenKind.AuthorizationCode)
        {
            return new CodeExchangeDecision.Refuse(Expired);
        }

        // Everything that makes a presentation invalid comes before the question whether it is a replay: whoever
        // cannot prove to be the rightful client must not be able to kill the grant (OAuth 2.1 §7.5.2).
        var problem = Problem(grant, client, redirectUri, codeVerifier, resource);
        if (code.IsExpired(now))
        {
            return problem is null && grant.State == GrantState.Pending
                ? new CodeExchangeDecision.Expire(new GrantWrite.Revoke(grant.Id, RevocationReason.CodeExpired, now), Expired)
                : new CodeExchangeDecision.Refuse(Expired);
        }

        if (problem is { } error)
        {
            return new CodeExchangeDecision.Refuse(error);
        }

        // A second valid use means the code leaked, so what it issued dies too (RFC 6749 §4.1.2, §10.5).
        return grant.State switch
        {
            GrantState.Pending => new CodeExchangeDecision.Issue(new GrantWrite.Redeem(grant.Id, now, now + lifetimes.Grant), CeilingOf(grant, client)),
            GrantState.Active => new CodeExchangeDecision.Replay(new GrantWrite.Revoke(grant.Id, RevocationReason.CodeReplay, now)),
            _ => new CodeExchangeDecision.Refuse(OAuthErrors.InvalidGrant.Because("The code was used or revoked; send the user to log in again.", OAuthParameters.Code)),
        };
    }

    private static OAuthError? Problem(Grant grant, Client client, string? redirectUri, string? codeVerifier, NamedResource resource)
    {
        if (!string.Equals(grant.ClientId, client.Id, StringComparison.Ordinal))
        {
            return OAuthErrors.InvalidGrant.Because("The code was issued to another client.", OAuthParameters.Code);
        }

        if (redirectUri is not null && !string.Equals(redirectUri, grant.RedirectUri, StringComparison.Ordinal))
        {
            return OAuthErrors.InvalidGrant.Because("redirect_uri differs from the one the code was sent to.", OAuthParameters.RedirectUri);
        }

        if (!IsAnswered(grant.CodeChallenge, codeVerifier))
        {
            return OAuthErrors.InvalidGrant.Because("code_verifier does not answer the code_challenge.", OAuthParameters.CodeVerifier);
        }

        // Last, so that only the rightful client learns what the grant is for.
        return resource.IsOf(grant)
            ? null
            : OAuthErrors.InvalidTarget.Because("resource differs from the one the code was asked for.", OAuthParameters.Resource);
    }

    // A scope may have been taken from the client between its user's consent and this moment.
    private static ScopeSet? CeilingOf(Grant grant, Client client)
    {
        var reach = grant.Scopes.Intersect(client.Reach);
        return reach == grant.Scopes ? default(ScopeSet?) : reach;
    }

    // A verifier without a challenge is refused too: someone stripped the challenge from the request (RFC 9700 §4.8.2).
    private static bool IsAnswered(CodeChallenge? challenge, string? codeVerifier) => challenge is null
        ? codeVerifier is null
        : CodeVerifier.TryParse(codeVerifier, out var verifier) && challenge.IsAnsweredBy(verifier);
}
