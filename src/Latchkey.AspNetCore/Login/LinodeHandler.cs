using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Log in with Linode: the framework's remote handler, with the SDK as its back channel.</summary>
/// <remarks>RFC 6749 §4.1, RFC 7636, RFC 9207. State and verifier travel in the framework's sealed state.</remarks>
internal sealed class LinodeHandler(IOptionsMonitor<LinodeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : OAuthHandler<LinodeOptions>(options, logger, encoder)
{
    private const string AskedKey = ".linode.asked";

    private OAuthToken? _token;

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        ArgumentNullException.ThrowIfNull(properties);

        // Parameters do not outlive the challenge, items travel in the sealed state: a server that leaves scope out of its
        // answer means what was asked here (RFC 6749 §5.1), not what the options say.
        properties.Items[AskedKey] = string.Join(' ', properties.GetParameter<ICollection<string>>(OAuthChallengeProperties.ScopeKey) ?? Options.Scope);
        return base.BuildChallengeUrl(properties, redirectUri);
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Properties.Items.TryGetValue(OAuthConstants.CodeVerifierKey, out var text) || !CodeVerifier.TryParse(text, out var verifier))
        {
            return OAuthTokenResponse.Failed(new InvalidOperationException("The sealed state carries no verifier."));
        }

        // The framework has opened the state and compared it with the cookie by now, so here it is the same on both sides;
        // iss and repeated parameters are looked at by the SDK, before anything is sent.
        var callback = new Uri(context.RedirectUri + Request.QueryString);
        var asked = context.Properties.Items.TryGetValue(AskedKey, out var scopes) ? scopes : null;
        var request = new LoginRequest(
            Options.LoginServer, Request.Query[OAuthParameters.State].ToString(), verifier, ScopeSet.Parse(asked), new Uri(context.RedirectUri));
        try
        {
            _token = await Options.CreateLoginClient().FinishOAuthAsync(callback, request, Context.RequestAborted);
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

            return await base.CreateTicketAsync(identity, properties, tokens);
        }
        catch
        {
            // The login fails, be it that the browser was closed meanwhile, and nobody would ever end the token it brought.
            if (await TokenEnd.TryAsync(Options, _token) is { } alive)
            {
                Log.TokenNotEnded(Logger, alive.Message, alive);
            }

            throw;
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
