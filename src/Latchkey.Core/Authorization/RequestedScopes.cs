using System.Diagnostics.CodeAnalysis;
using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>What an app asks for, out of <c>scope</c> and (from compatibility clients) <c>scopes</c>.</summary>
/// <remarks>RFC 6749 §3.3. Nothing asked for is the empty set: the app learns who the user is and no more.</remarks>
public static class RequestedScopes
{
    public static bool TryRead(
        string? scope,
        string? scopes,
        Client client,
        ScopeCatalogue catalogue,
        out ScopeSet requested,
        [NotNullWhen(false)] out OAuthError? error)
    {
        requested = ScopeSet.Empty;
        if (!ScopeParameters.TryRead(scope, scopes, client, out var named, out error))
        {
            return false;
        }

        requested = catalogue.Modernize(named ?? ScopeSet.Empty);
        var unknown = catalogue.Unknown(requested);

        // An OpenID client may send scopes meant for other servers; they are ignored (OpenID Connect Core §3.1.2.1).
        if (requested.Covers(Protocol.Scope.Parse(IdentityScopes.OpenId)))
        {
            requested = requested.Except(unknown);
        }
        else if (!unknown.IsEmpty)
        {
            error = OAuthErrors.InvalidScope.Because("A scope is unknown to this server.", OAuthParameters.Scope);
            return false;
        }

        if (!client.Reach.Covers(requested))
        {
            error = OAuthErrors.InvalidScope.Because("This client may not ask for one of the scopes.", OAuthParameters.Scope);
            return false;
        }

        return true;
    }
}
