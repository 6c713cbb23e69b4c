using System.Security.Claims;
using System.Text.Encodings.Web;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Checks the bearer token of a request, and answers those it refuses.</summary>
/// <remarks>RFC 6750, RFC 7662.</remarks>
internal sealed class LatchkeyBearerHandler(
    IOptionsMonitor<LatchkeyBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, IServiceProvider services)
    : AuthenticationHandler<LatchkeyBearerOptions>(options, logger, encoder)
{
    private OAuthError? _refusal;

    private new LatchkeyBearerEvents Events => (LatchkeyBearerEvents)base.Events!;

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new LatchkeyBearerEvents());

    protected override Task InitializeHandlerAsync()
    {
        if (Options.LinodeErrors)
        {
            LinodeAnswers.AnnounceScopes(Context);
        }

        return Task.CompletedTask;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var credential = BearerCredential.Of(Request, Options.AcceptTokenScheme);
        switch (credential.What)
        {
            case BearerCredential.Kind.None:
                return AuthenticateResult.NoResult();
            case BearerCredential.Kind.Malformed:
                return Refuse(OAuthErrors.InvalidRequest.Because("Send one token, in one Authorization header."));
        }

        try
        {
            var client = services.GetRequiredKeyedService<IntrospectionClient>(Scheme.Name);
            return await client.AskAsync(credential.Token!, Context.RequestAborted) is { } token
                ? Accept(token)
                : Refuse(OAuthErrors.InvalidToken);
        }
        catch (IntrospectionFailedException e)
        {
            // Fail closed: a token that cannot be checked is as good as none.
            Log.IntrospectionFailed(Logger, Scheme.Name, e.Message, e);
            return Refuse(OAuthErrors.TemporarilyUnavailable);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Authenticated now when nobody asked before, since the refusal decides what is answered.
        return ChallengeAsync();
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        BearerRefusals.WriteAsync(Context, Options, Events, OAuthErrors.InsufficientScope);

    private async Task ChallengeAsync()
    {
        _ = await HandleAuthenticateOnceSafeAsync();
        await BearerRefusals.WriteAsync(Context, Options, Events, _refusal);
    }

    private AuthenticateResult Accept(TokenInfo token)
    {
        var identity = new ClaimsIdentity(Scheme.Name, "username", ClaimTypes.Role);
        Add("sub", token.Subject);
        Add("username", token.Username);
        Add("client_id", token.ClientId);
        Add("scope", token.Scopes.ToString());
        Context.Features.Set(token);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                identity.AddClaim(new Claim(name, value, ClaimValueTypes.String, ClaimsIssuer));
            }
        }
    }

    private AuthenticateResult Refuse(OAuthError refusal)
    {
        _refusal = refusal;
        return AuthenticateResult.Fail(refusal.Code);
    }
}
