using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>The row that an agreed request becomes.</summary>
public static class NewGrant
{
    private static readonly Scope Offline = Scope.Parse(IdentityScopes.OfflineAccess);
    private static readonly ScopeSet Absence = [Scope.Parse(IdentityScopes.OpenId), Offline];

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
            Refreshable = MayRefresh(request, granted),
            CreatedAt = now,
            CodeExpiresAt = request.Implicit ? null : now + lifetimes.Code,
            ExpiresAt = request.Implicit ? now + lifetimes.Access : null,
        };
    }

    /// <summary>True when the client may renew its access without the user, if it is granted all that it asks for.</summary>
    public static bool IsRefreshable(ValidRequest request) => MayRefresh(request, request.Scopes);

    // An OpenID client that wants to act in the user's absence says so (OpenID Connect Core §11), and whoever says so
    // needs the user's yes to that very scope.
    private static bool MayRefresh(ValidRequest request, ScopeSet granted) =>
        !request.Implicit
        && request.Identified.Client.Grants.Contains(GrantTypes.RefreshToken)
        && (request.Scopes.Intersect(Absence).IsEmpty || (request.Scopes.Covers(Offline) && granted.Covers(Offline)));
}
