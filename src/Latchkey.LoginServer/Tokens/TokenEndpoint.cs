using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tokens;

/// <summary><c>POST /oauth/token</c>: proves the client, then hands over to the grant type asked for.</summary>
/// <remarks>RFC 6749 §3.2, §4.1.3, §6.</remarks>
internal sealed class TokenEndpoint(ClientStore clients, ClientThrottle throttle, TokenSeals seals, CodeRedemption redemption, TokenRefresh refresh)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var (request, refusal) = await BackChannelRequest.ReadAsync(context, clients, throttle, Open);
        if (request is null)
        {
            return refusal!;
        }

        var grantType = GrantTypeOf(request);
        if (Problem(request.Client, grantType) is { } error)
        {
            return new OAuthErrorResult(error);
        }

        return grantType == GrantTypes.AuthorizationCode
            ? await redemption.RedeemAsync(request, context.RequestAborted)
            : await refresh.RefreshAsync(request, context.RequestAborted);
    }

    private TokenContent? Open(OAuthForm form) => form[OAuthParameters.GrantType] == GrantTypes.RefreshToken
        ? seals.Open(form[OAuthParameters.RefreshToken], TokenKind.Refresh)
        : seals.Open(form[OAuthParameters.Code], TokenKind.AuthorizationCode);

    // Linode's Python library sends a code and no grant_type.
    private static string? GrantTypeOf(BackChannelRequest request) =>
        request.Form[OAuthParameters.GrantType]
        ?? (request.Client.Compatibility == Compatibility.Linode && request.Form[OAuthParameters.Code] is not null
            ? GrantTypes.AuthorizationCode
            : null);

    private static OAuthError? Problem(Client client, string? grantType) => grantType switch
    {
        null => OAuthErrors.InvalidRequest.Because("grant_type is missing.", OAuthParameters.GrantType),
        not (GrantTypes.AuthorizationCode or GrantTypes.RefreshToken) => OAuthErrors.UnsupportedGrantType,
        _ when client.Api || !client.Grants.Contains(grantType) => OAuthErrors.UnauthorizedClient.Because("This client is not registered for this grant type."),
        _ => null,
    };
}
