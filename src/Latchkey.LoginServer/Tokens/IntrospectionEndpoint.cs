using Latchkey.Core.Grants;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tokens;

/// <summary><c>POST /oauth/introspect</c>: what an API asks at every call. Reads the row each time; nothing is cached.</summary>
/// <remarks>RFC 7662 §2.</remarks>
internal sealed class IntrospectionEndpoint(
    ClientStore clients,
    ClientThrottle throttle,
    TokenSeals seals,
    IOptions<LoginServerOptions> options,
    TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var (request, refusal) = await BackChannelRequest.ReadAsync(context, clients, throttle, form => seals.Open(form[OAuthParameters.Token]));
        if (request is null)
        {
            return refusal!;
        }

        // Anyone may claim to be a public client, and a token's content is not for anyone (RFC 7662 §2.1).
        if (request.Client.Public)
        {
            return new OAuthErrorResult(OAuthErrors.InvalidClient.Because("A public client cannot introspect tokens."));
        }

        if (request.Form[OAuthParameters.Token] is null)
        {
            return new OAuthErrorResult(OAuthErrors.InvalidRequest.Because("token is missing.", OAuthParameters.Token));
        }

        return request is { Token: { } token, Found: { Grant: var grant, UserName: { } username } }
            && Introspection.Decide(token, grant, request.Client, clock.GetUtcNow()) is { } scopes
            ? new IntrospectionResult(token, grant, scopes, username, options.Value)
            : IntrospectionResult.Inactive;
    }
}
