using System.Diagnostics.CodeAnalysis;
using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Core.Authorization;

/// <summary>
/// <c>scope</c> and, from compatibility clients, <c>scopes</c>, read alike wherever they may be sent. Whether the client may
/// have what they name is another question.
/// </summary>
/// <remarks>RFC 6749 §3.3.</remarks>
public static class ScopeParameters
{
    /// <summary>
    /// The scopes named, null when none of the parameters was sent; refused when one is malformed or names nothing, or when
    /// the two differ.
    /// </summary>
    public static bool TryRead(
        string? scope, string? scopes, Client client, out ScopeSet? named, [NotNullWhen(false)] out OAuthError? error)
    {
        ArgumentNullException.ThrowIfNull(client);
        var asLinode = client.Compatibility == Compatibility.Linode;
        named = null;

        // A comma is a letter like any other in a scope token of the RFC, so to a strict client it separates nothing.
        error = TryRead(scope, commas: asLinode, out var singular) ? null
            : OAuthErrors.InvalidScope.Because(
                asLinode ? "scope is a list of scope tokens separated by spaces or commas." : "scope is a list of scope tokens separated by spaces.",
                OAuthParameters.Scope);
        if (error is not null)
        {
            return false;
        }

        named = singular;
        if (!asLinode || scopes is null)
        {
            return true;
        }

        error = !TryRead(scopes, commas: true, out var plural)
            ? OAuthErrors.InvalidScope.Because("scopes is a list of scope tokens separated by commas or spaces.", OAuthParameters.Scopes)
            : singular is not null && singular != plural
            ? OAuthErrors.InvalidRequest.Because("scope and scopes differ; send one of them.", OAuthParameters.Scopes)
            : null;
        named = plural;
        return error is null;
    }

    // Whoever names nothing wants what, all or none? The grammar has at least one token, so it need not be guessed.
    private static bool TryRead(string? text, bool commas, out ScopeSet? named)
    {
        named = null;
        if (text is null)
        {
            return true;
        }

        if (!ScopeSet.TryParse(text, out var scopes) || scopes.IsEmpty || (!commas && text.Contains(',', StringComparison.Ordinal)))
        {
            return false;
        }

        named = scopes;
        return true;
    }
}
