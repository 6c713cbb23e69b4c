using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tokens;

/// <summary><c>POST /oauth/introspect</c>: what an API asks at every call. Reads the row each time; nothing is cached.</summary>
/// <remarks>RFC 7662 §2.</remarks>
internal sealed class IntrospectionEndpoint(
    ClientStore clients,
    TokenSeals seals,
    IOptions<LoginServerOptions> options,
    TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        // The token's grant comes in one trip with the client that asks; who that is gets proven before anything is told.
        TokenContent? token = null;
        NamedGrant? found = null;
        var (request, refusal) = await BackChannelRequest.ReadAsync(context, async (id, form) =>
        {
            token = form[OAuthParameters.Token] is { } text ? seals.Open(text) : null;
            if (token is not { Kind: TokenKind.Access or TokenKind.Personal, GrantId: var grantId })
            {
                return await clients.FindAsync(id, context.RequestAborted);
            }

            (var client, found) = await clients.FindWithGrantAsync(id, grantId, context.RequestAborted);
            return client;
        });
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

        return found is not null && token is { } opened && Introspection.Decide(opened, found.Grant, request.Client, clock.GetUtcNow()) is { } scopes
            ? new IntrospectionResult(opened, found.Grant, scopes, found.UserName, options.Value)
            : IntrospectionResult.Inactive;
    }
}
