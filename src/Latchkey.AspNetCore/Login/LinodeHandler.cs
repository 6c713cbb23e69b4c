using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Log in with Linode: the framework's remote handler, with the SDK as its back channel.</summary>
/// <remarks>RFC 6749 §4.1, RFC 7636, RFC 9207. State and verifier travel in the framework's sealed state.</remarks>
internal sealed class LinodeHandler(IOptionsMonitor<LinodeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<LinodeOptions>(options, logger, encoder)
{
    private const string AskedKey = ".linode.asked";

    private static readonly string[] CallbackNames =
        [OAuthParameters.State, OAuthParameters.Issuer, OAuthParameters.Error, OAuthParameters.ErrorDescription];

    private OAuthToken? _token;

    /// <summary>The callback, from its parameters to the cookie of the session.</summary>
    public override async Task<bool> HandleRequestAsync()
    {
        try
        {
            return await base.HandleRequestAsync();
        }
        catch
        {
            // The app's own code on the way to the cookie threw, or the cookie's.
            await EndTokenAsync();
            throw;
        }
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        ArgumentNullException.ThrowIfNull(properties);

        // Parameters do not outlive the challenge, items travel in the sealed state: a server that leaves scope out of its
        // answer means what was asked here (RFC 6749 §5.1), not what the options say.
        properties.Items[AskedKey] = string.Join(' ', properties.GetParameter<ICollection<string>>(OAuthChallengeProperties.ScopeKey) ?? Options.Scope);
        return base.BuildChallengeUrl(properties, redirectUri);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        var result = await base.HandleRemoteAuthenticateAsync();

        // The framework notes the callback's error in its exception, once state and cookie have proved to be of one login.
        return result.Failure?.Data.Contains(OAuthParameters.Error) is true && result.Properties is { } properties
            ? HandleRequestResult.Fail(await RefusalOfAsync(properties) ?? result.Failure, properties)
            : result;
    }

    protected override async Task<HandleRequestResult> HandleAccessDeniedErrorAsync(AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);

        // Another login server's word is no denial (RFC 9207 §2.4): the person may have said yes at the one that was asked.
        return await RefusalOfAsync(properties) is OAuthRefusedException { Refusal.Kind: not OAuthRefusalKind.AccessDenied } refusal
            ? HandleRequestResult.Fail(refusal, properties)
            : await base.HandleAccessDeniedErrorAsync(properties);
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (RequestOf(context.Properties, context.RedirectUri) is not { } request)
        {
            return OAuthTokenResponse.Failed(new InvalidOperationException("The sealed state carries no verifier."));
        }

        // iss and repeated parameters are looked at by the SDK, before anything is sent.
        var callback = new Uri(context.RedirectUri + Request.QueryString);
        try
        {
            // Not tied to the request: the token of a browser that goes away meanwhile is to be known here, to be ended.
            _token = await Options.CreateLoginClient().FinishOAuthAsync(callback, request, CancellationToken.None);
            return OAuthTokenResponse.Success(ToJson(_token, TimeProvider));
        }
        catch (LinodeOAuthException e)
        {
            return OAuthTokenResponse.Failed(e);
        }
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var granted = _token!.Scopes.ToString();
        identity.AddClaim(new Claim(LinodeDefaults.ScopeClaim, granted, ClaimValueTypes.String, ClaimsIssuer));
        if (Options.SaveTokens)
        {
            // Written in UTC whatever the framework wrote; it decides when the next refresh is due.
            properties.StoreTokens(
            [
                .. properties.GetTokens().Where(t => t.Name is not "expires_at"),
                new AuthenticationToken { Name = "expires_at", Value = _token.ExpiresAt.ToString("o", CultureInfo.InvariantCulture) },
                new AuthenticationToken { Name = LinodeDefaults.ScopeClaim, Value = granted },
            ]);
        }

        try
        {
            if (Options is { FetchProfile: true, ApiServer: { } api })
            {
                AddProfile(identity, await FetchProfileAsync(_token, api));
            }

            var ticket = await base.CreateTicketAsync(identity, properties, tokens);
            Context.RequestAborted.ThrowIfCancellationRequested();
            return ticket;
        }
        catch
        {
            // The framework shows this as a failed login, and throws it only where the app does not answer it.
            await EndTokenAsync();
            throw;
        }
    }

    // A login that fails after the token came, be it that the browser was closed meanwhile: nobody else would ever end it.
    private async Task EndTokenAsync()
    {
        if (_token is { } token)
        {
            _token = null;
            if (await TokenEnd.TryAsync(Options, token) is { } alive)
            {
                Log.TokenNotEnded(Logger, alive.Message, alive);
            }
        }
    }

    private static JsonDocument ToJson(OAuthToken token, TimeProvider clock) => JsonSerializer.SerializeToDocument(new JsonObject
    {
        [OAuthParameters.AccessToken] = token.AccessToken.Reveal(),
        [OAuthParameters.TokenType] = "bearer",
        [OAuthParameters.ExpiresIn] = ((long)(token.ExpiresAt - clock.GetUtcNow()).TotalSeconds).ToString(CultureInfo.InvariantCulture),
        [OAuthParameters.RefreshToken] = token.RefreshToken?.Reveal(),
        [OAuthParameters.Scope] = token.Scopes.ToString(),
    });

    // Asked once the framework has opened the state and compared it with the cookie, so here it is the same on both sides.
    private LoginRequest? RequestOf(AuthenticationProperties properties, string redirectUri) =>
        properties.Items.TryGetValue(OAuthConstants.CodeVerifierKey, out var text) && CodeVerifier.TryParse(text, out var verifier)
            ? new LoginRequest(
                Options.LoginServer,
                Request.Query[OAuthParameters.State].ToString(),
                verifier,
                ScopeSet.Parse(properties.Items.TryGetValue(AskedKey, out var asked) ? asked : null),
                new Uri(redirectUri))
            : null;

    /// <summary>What the SDK makes of a callback that brought an error; null when the sealed state is none of ours.</summary>
    private async Task<LinodeOAuthException?> RefusalOfAsync(AuthenticationProperties properties)
    {
        var redirectUri = BuildRedirectUri(Options.CallbackPath);
        if (RequestOf(properties, redirectUri) is not { } request)
        {
            return null;
        }

        // Without the code: the framework reads names in any case and the SDK does not, and a code beside "Error" must not be
        // redeemed for a token that nobody takes.
        var said = QueryString.Create(CallbackNames.SelectMany(name => Request.Query[name].Select(value => KeyValuePair.Create(name, value))));
        var result = await Options.CreateLoginClient().TryFinishOAuthAsync(new Uri(redirectUri + said), request, Context.RequestAborted);
        return result.Refusal is { } refusal ? new OAuthRefusedException(refusal) : null;
    }

    private async Task<Profile> FetchProfileAsync(OAuthToken token, Uri api)
    {
        var client = new LinodeClient(token.AccessToken, api, Options.BackchannelHttpHandler, TimeProvider);
        return await client.Profile.GetAsync(Context.RequestAborted);
    }

    private void AddProfile(ClaimsIdentity identity, Profile profile)
    {
        // The number stays when the person changes their name; a server that has none tells people apart by name.
        Add(ClaimTypes.NameIdentifier, profile.Uid?.ToString(CultureInfo.InvariantCulture) ?? profile.Username);
        Add(ClaimTypes.Name, profile.Username);
        Add(ClaimTypes.Email, profile.Email);

        void Add(string type, string value)
        {
            if (value.Length > 0)
            {
                identity.AddClaim(new Claim(type, value, ClaimValueTypes.String, ClaimsIssuer));
            }
        }
    }
}
