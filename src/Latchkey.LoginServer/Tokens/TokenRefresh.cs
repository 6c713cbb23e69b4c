using Latchkey.Core.Authorization;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Clients;
using Latchkey.LoginServer.Telemetry;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Tokens;

/// <summary>Trades a refresh token for the next pair: fetch, decide, act.</summary>
/// <remarks>RFC 6749 §6, RFC 9700 §4.14.2.</remarks>
internal sealed class TokenRefresh(
    IGrantStore grants,
    TokenSeals seals,
    IOptions<LoginServerOptions> options,
    TimeProvider clock,
    LoginServerTelemetry telemetry,
    ILogger<TokenRefresh> log)
{
    public async Task<IResult> RefreshAsync(BackChannelRequest request, CancellationToken cancellationToken)
    {
        if (request.Form[OAuthParameters.RefreshToken] is null)
        {
            return new OAuthErrorResult(OAuthErrors.InvalidRequest.Because("refresh_token is missing.", OAuthParameters.RefreshToken));
        }

        if (!ScopeParameters.TryRead(request.Form[OAuthParameters.Scope], request.Form[OAuthParameters.Scopes], request.Client, out var named, out var malformed))
        {
            return new OAuthErrorResult(malformed);
        }

        var wanted = named is { } scopes ? options.Value.Scopes.Modernize(scopes) : default(ScopeSet?);
        if (request.Token is not { } token)
        {
            return new OAuthErrorResult(OAuthErrors.InvalidGrant.Because("The refresh token is invalid, expired or revoked; send the user to log in again.", OAuthParameters.RefreshToken));
        }

        var resource = new NamedResource(request.Form[OAuthParameters.Resource], options.Value.Issuer);
        for (var grant = request.Found?.Grant; ; grant = await grants.FindAsync(token.GrantId, cancellationToken))
        {
            var now = clock.GetMilliseconds();
            var decision = Refresh.Decide(token, grant, request.Client, wanted, options.Value.Lifetimes, now, resource);
            var answer = await decision.Match<Task<IResult?>>(
                async rotate => await grants.ApplyAsync(rotate.Write, null, CancellationToken.None)
                    ? Issued(new TokenResult(seals.Issuer.Tokens(grant!.After(rotate.Write), rotate.Ceiling, now)))
                    : null, // another request was faster: look again, and answer as it did
                async repeat =>
                {
                    await grants.ConfirmAsync(repeat.Grant.Id, CancellationToken.None);
                    return new TokenResult(seals.Issuer.Tokens(repeat.Grant, repeat.Ceiling, now));
                },
                async reuse =>
                {
                    telemetry.Reused(OAuthParameters.RefreshToken);
                    Log.RefreshTokenReused(log, reuse.Write.Id, request.Client.Id);
                    await grants.ApplyAsync(reuse.Write, Audit.Revoked(reuse.Write, grant!, request), CancellationToken.None);
                    return new OAuthErrorResult(OAuthErrors.InvalidGrant.Because("The refresh token was used before; everything it issued is revoked. Send the user to log in again.", OAuthParameters.RefreshToken));
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
        telemetry.Issued(GrantTypes.RefreshToken);
        return answer;
    }
}
