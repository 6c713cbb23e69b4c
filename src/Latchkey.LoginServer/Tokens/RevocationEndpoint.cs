using Latchkey.Core.Grants;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;

namespace Latchkey.LoginServer.Tokens;

/// <summary><c>POST /oauth/revoke</c>: ends the whole grant behind any of its tokens; true for every node at the next request.</summary>
/// <remarks>RFC 7009 §2. The hint is not needed: a token says itself what it is.</remarks>
internal sealed class RevocationEndpoint(ClientStore clients, ClientThrottle throttle, IGrantStore grants, TokenSeals seals, TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var (request, refusal) = await BackChannelRequest.ReadAsync(context, clients, throttle, form => seals.Open(form[OAuthParameters.Token]));
        if (request is null)
        {
            return refusal!;
        }

        if (request.Form[OAuthParameters.Token] is null)
        {
            return new OAuthErrorResult(OAuthErrors.InvalidRequest.Because("token is missing.", OAuthParameters.Token));
        }

        if (request.Token is not { } token)
        {
            return Results.Ok();
        }

        var grant = request.Found?.Grant;
        return await Revocation.Decide(grant, request.Client, clock.GetMilliseconds()).Match(
            async end =>
            {
                await grants.ApplyAsync(end.Write, Audit.Revoked(end.Write, grant!, request), CancellationToken.None);
                return Results.Ok();
            },
            async _ =>
            {
                // Revoked perhaps by this very request, when its first answer was that nobody knows.
                await grants.ConfirmAsync(token.GrantId, CancellationToken.None);
                return Results.Ok();
            },
            refuse => Task.FromResult<IResult>(new OAuthErrorResult(refuse.Error)));
    }
}
