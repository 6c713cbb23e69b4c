using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>The row that an agreed request becomes.</summary>
public static class NewGrant
{
    /// <summary>A pending grant whose code is good for <see cref="TokenLifetimes.Code"/>; for the implicit answer an active one.</summary>
    /// <param name="granted">What was agreed to; never more than was asked for.</param>
    public static Grant For(ValidRequest request, LoginFacts login, Guid id, ScopeSet granted, TokenLifetimes lifetimes, DateTimeOffset now)
    {
        var client = request.Identified.Client;
        return new Grant
        {
            Id = id,
            ClientId = client.Id,
            UserId = login.UserId,
            SessionId = login.SessionId,
            Scopes = granted.Intersect(request.Scopes),
            Resource = request.Resource,
            State = request.Implicit ? GrantState.Active : GrantState.Pending,
            Generation = request.Implicit ? 1 : 0,
            RotatedAt = request.Implicit ? now : null,
            RedirectUri = request.Identified.RedirectUri,
            CodeChallenge = request.CodeChallenge,
            Nonce = request.Nonce,
            Refreshable = IsRefreshable(request),
            CreatedAt = now,
            CodeExpiresAt = request.Implicit ? null : now + lifetimes.Code,
            ExpiresAt = request.Implicit ? now + lifetimes.Access : null,
        };
    }

    /// <summary>True when the client may renew its access without the user.</summary>
    public static bool IsRefreshable(ValidRequest request) =>
        !request.Implicit && request.Identified.Client.Grants.Contains(GrantTypes.RefreshToken) && MayRefresh(request.Scopes);

    // An OpenID client that wants to act in the user's absence says so (OpenID Connect Core §11).
    private static bool MayRefresh(ScopeSet requested) =>
        !requested.Covers(Scope.Parse(IdentityScopes.OpenId)) || requested.Covers(Scope.Parse(IdentityScopes.OfflineAccess));
}
