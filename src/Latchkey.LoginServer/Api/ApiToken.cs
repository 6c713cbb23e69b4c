using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Tokens;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.Primitives;

namespace Latchkey.LoginServer.Api;

/// <summary>Finds the caller behind the <c>Authorization</c> header. The server asks itself what any API would ask it.</summary>
/// <remarks>RFC 6750 §2.1. <c>token</c> as the scheme is what Linode's Python library sends with thumbnails.</remarks>
internal sealed class ApiToken(IGrantStore grants, TokenSeals seals, TimeProvider clock)
{
    public async ValueTask<IdentifiedCaller> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
        {
            return new(null, ApiRefusal.NoToken);
        }

        if (header.Count > 1 || request.Query.ContainsKey("access_token"))
        {
            return new(null, ApiRefusal.AmbiguousToken);
        }

        // Another scheme is no wrong token but none (RFC 6750 §3.1).
        if (TokenOf(header) is not { } text)
        {
            return new(null, ApiRefusal.NoToken);
        }

        if (seals.Open(text) is not { } token)
        {
            return new(null, ApiRefusal.InvalidToken);
        }

        var grant = await grants.FindAsync(token.GrantId, cancellationToken);

        // A token meant for another API is not meant for this one (RFC 8707 §2).
        if (grant is not { Resource: null } || !Introspection.IsAlive(token, grant, clock.GetUtcNow()))
        {
            return new(null, ApiRefusal.InvalidToken);
        }

        return new(new ApiCaller(grant.UserId, token.Ceiling is { } ceiling ? grant.Scopes.Intersect(ceiling) : grant.Scopes), null);
    }

    private static string? TokenOf(StringValues header)
    {
        var text = header.ToString();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && text.AsSpan(0, space) is var scheme
            && (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("token", StringComparison.OrdinalIgnoreCase))
            ? text[(space + 1)..].Trim(' ')
            : null;
    }
}
