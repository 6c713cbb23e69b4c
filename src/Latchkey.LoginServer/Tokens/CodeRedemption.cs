using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Clients;
using Latchkey.LoginServer.Telemetry;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tokens;

/// <summary>Trades a code for tokens: fetch, decide, act.</summary>
/// <remarks>RFC 6749 §4.1.3.</remarks>
internal sealed class CodeRedemption(
    IGrantStore grants,
    TokenSeals seals,
    IOptions<LoginServerOptions> options,
    TimeProvider clock,
    LoginServerTelemetry telemetry,
    ILogger<CodeRedemption> log)
{
    public async Task<IResult> RedeemAsync(BackChannelRequest request, CancellationToken cancellationToken)
    {
        if (request.Form[OAuthParameters.Code] is null)
        {
            return new OAuthErrorResult(OAuthErrors.InvalidRequest.Because("code is missing.", OAuthParameters.Code));
        }

        if (request.Token is not { } code)
        {
            return new OAuthErrorResult(OAuthErrors.InvalidGrant.Because("The code is unknown or has expired; send the user to log in again.", OAuthParameters.Code));
        }

        var resource = new NamedResource(request.Form[OAuthParameters.Resource], options.Value.Issuer);
        for (var grant = request.Found?.Grant; ; grant = await grants.FindAsync(code.GrantId, cancellationToken))
        {
            var now = clock.GetMilliseconds();
            var decision = CodeExchange.Decide(
                code, grant, request.Client, request.Form[OAuthParameters.RedirectUri], request.Form[OAuthParameters.CodeVerifier], options.Value.Lifetimes, now, resource);
            var answer = await decision.Match<Task<IResult?>>(
                async issue => await grants.ApplyAsync(issue.Write, null, CancellationToken.None)
                    ? Issued(new TokenResult(seals.Issuer.Tokens(grant!.After(issue.Write), issue.Ceiling, now)))
                    : null, // another request was faster: look again, and find a replay
                async replay =>
                {
                    telemetry.Reused(OAuthParameters.Code);
                    Log.CodeReplayed(log, replay.Write.Id, request.Client.Id);
                    await grants.ApplyAsync(replay.Write, Audit.Revoked(replay.Write, grant!, request), CancellationToken.None);
                    return new OAuthErrorResult(OAuthErrors.InvalidGrant.Because("The code was used before; everything it issued is revoked.", OAuthParameters.Code));
                },
                async expire =>
                {
                    await grants.ApplyAsync(expire.Write, null, CancellationToken.None);
                    return new OAuthErrorResult(expire.Error);
                },
                refuse => Task.FromResult<IResult?>(new OAuthErrorResult(refuse.Error)));
            if (answer is not null)
            {
                return answer;
            }
        }
    }

    private TokenResult Issued(TokenResult answer)
    {
        telemetry.Issued(GrantTypes.AuthorizationCode);
        return answer;
    }
}
