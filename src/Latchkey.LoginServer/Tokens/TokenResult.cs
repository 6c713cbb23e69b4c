using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Tokens;

/// <summary>
/// The tokens as JSON. Linode's clients read <c>scopes</c> beside <c>scope</c>, and <c>refresh_token</c> by index, so it
/// is there even when it is null.
/// </summary>
/// <remarks>RFC 6749 §5.1.</remarks>
internal sealed class TokenResult(IssuedTokens tokens) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => OAuthJson.WriteAsync(httpContext.Response, writer =>
    {
        var scopes = tokens.Scopes.ToString();
        writer.WriteString(OAuthParameters.AccessToken, tokens.AccessToken.Reveal());
        writer.WriteString(OAuthParameters.TokenType, "bearer");
        writer.WriteNumber(OAuthParameters.ExpiresIn, tokens.ExpiresIn);
        writer.WriteString(OAuthParameters.RefreshToken, tokens.RefreshToken?.Reveal());
        writer.WriteString(OAuthParameters.Scope, scopes);
        writer.WriteString(OAuthParameters.Scopes, scopes);
    });
}
