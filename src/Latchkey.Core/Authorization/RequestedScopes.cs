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
        error = TryParse(scope, scopes, client.Compatibility == Compatibility.Linode, out requested);
        if (error is not null)
        {
            return false;
        }

        requested = catalogue.Modernize(requested);
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

    private static OAuthError? TryParse(string? scope, string? scopes, bool asLinode, out ScopeSet requested)
    {
        // A comma is a letter like any other in a scope token of the RFC, so to a strict client it separates nothing.
        if (!ScopeSet.TryParse(scope, out requested) || (!asLinode && scope?.Contains(',', StringComparison.Ordinal) == true))
        {
            return OAuthErrors.InvalidScope.Because("scope is a list of scope tokens separated by spaces.", OAuthParameters.Scope);
        }

        if (!asLinode || scopes is null)
        {
            return null;
        }

        if (!ScopeSet.TryParse(scopes, out var plural))
        {
            return OAuthErrors.InvalidScope.Because("scopes is a list of scope tokens separated by commas or spaces.", OAuthParameters.Scopes);
        }

        if (scope is not null && plural != requested)
        {
            return OAuthErrors.InvalidRequest.Because("scope and scopes differ; send one of them.", OAuthParameters.Scopes);
        }

        requested = plural;
        return null;
    }
}
