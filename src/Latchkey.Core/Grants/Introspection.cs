using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Grants;

/// <summary>Whether a token lives, as one caller may know it.</summary>
/// <remarks>RFC 7662 §2.2, §4. The grant's row is the whole truth: what ends a user or client ends its rows.</remarks>
public static class Introspection
{
    /// <summary>The scopes of a living access or personal token that <paramref name="caller"/> may ask about; null otherwise.</summary>
    public static ScopeSet? Decide(TokenContent token, Grant? grant, Client caller, DateTimeOffset now)
    {
        if (grant is null || !IsAlive(token, grant, now) || !MayKnow(caller, grant))
        {
            return null;
        }

        return token.Ceiling is { } ceiling ? grant.Scopes.Intersect(ceiling) : grant.Scopes;
    }

    /// <summary>True while the token may be used.</summary>
    public static bool IsAlive(TokenContent token, Grant grant, DateTimeOffset now) =>
        token.Kind is TokenKind.Access or TokenKind.Personal
        && (token.Kind == TokenKind.Personal) == (grant.ClientId is null)
        && !token.IsExpired(now)
        && grant.State == GrantState.Active
        && token.Generation > 0 && token.Generation <= grant.Generation
        && !(grant.ExpiresAt <= now);

    // An API asks about tokens meant for it (RFC 7662 §4); an app about its own.
    private static bool MayKnow(Client caller, Grant grant) => caller.Api
        ? string.Equals(caller.Resource, grant.Resource, StringComparison.Ordinal)
        : string.Equals(caller.Id, grant.ClientId, StringComparison.Ordinal);
}
