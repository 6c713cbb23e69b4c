using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Tokens;

/// <summary>What an API learns about a living token; about any other it learns only that it does not live (RFC 7662 §2.2).</summary>
internal sealed class IntrospectionResult(TokenContent token, Grant grant, ScopeSet scopes, string username, LoginServerOptions options) : IResult
{
    public static IResult Inactive { get; } = new InactiveResult();

    public Task ExecuteAsync(HttpContext httpContext) => OAuthJson.WriteAsync(httpContext.Response, writer =>
    {
        writer.WriteBoolean("active", true);
        writer.WriteString(OAuthParameters.Scope, scopes.ToString());
        if (grant.ClientId is { } clientId)
        {
            writer.WriteString(OAuthParameters.ClientId, clientId);
        }

        writer.WriteString("username", username);
        writer.WriteString(OAuthParameters.TokenType, "bearer");
        writer.WriteString("sub", grant.UserId.ToString());
        writer.WriteString("aud", grant.Resource ?? options.Issuer);
        writer.WriteString(OAuthParameters.Issuer, options.Issuer);
        writer.WriteNumber("iat", IssuedAt().ToUnixTimeSeconds());
        if (token.ExpiresAt is { } expiresAt)
        {
            writer.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
        }
    });

    // The row remembers when its newest generation was born; an older one's birth follows from its end.
    private DateTimeOffset IssuedAt() =>
        token.Generation == grant.Generation ? grant.RotatedAt ?? grant.CreatedAt
        : token.ExpiresAt is { } end ? end - options.Lifetimes.Access
        : grant.CreatedAt;

    private sealed class InactiveResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            OAuthJson.WriteAsync(httpContext.Response, writer => writer.WriteBoolean("active", false));
    }
}
