using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore;

/// <summary>How an app logs its people in with Linode.</summary>
/// <remarks>
/// PKCE is always on. Of the inherited members, <see cref="RemoteAuthenticationOptions.AccessDeniedPath"/> is where a
/// person goes who said no, and <see cref="RemoteAuthenticationOptions.CorrelationCookie"/> names the cookie that ties a
/// callback to its browser. Other failures reach <c>Events.OnRemoteFailure</c>, and so does a denial where no such path is
/// set: with a <see cref="LinodeOAuthException"/> for what the login server answered, in the callback or to the code, for a
/// callback of another login server and for the network; with the framework's own exception for a callback that does not
/// belong to a login of this browser; with a <see cref="LinodeApiException"/> where the profile could not be read.
/// </remarks>
public sealed class LinodeOptions : OAuthOptions
{
    /// <summary>The defaults.</summary>
    public LinodeOptions()
    {
        CallbackPath = LinodeDefaults.CallbackPath;
        UsePkce = true;
        SaveTokens = true;

        // The browser comes back by a plain top-level GET, so Lax is enough and works on http://localhost too.
        CorrelationCookie.Name = ".Linode.Login.";
        CorrelationCookie.SameSite = SameSiteMode.Lax;
        CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    /// <summary>The login server: https unless it is on this machine. Linode's own unless set.</summary>
    public Uri LoginServer { get; set; } = LinodeLoginClient.DefaultBaseUrl;

    /// <summary>
    /// The API with its version, from which name and mail address are read after a login (<c>/profile</c>). Unless set,
    /// Linode's own with Linode's own login server, and none with any other: a token goes nowhere it was not meant for.
    /// </summary>
    public Uri? ApiServer { get; set; }

    /// <summary>
    /// Read the person's profile into claims (name identifier, name, email). True unless set; needs an
    /// <see cref="ApiServer"/> and no scope.
    /// </summary>
    public bool FetchProfile { get; set; } = true;

    /// <summary>
    /// What to ask for: no more than the app needs. A challenge may ask for something else with
    /// <see cref="OAuthChallengeProperties.Scope"/>.
    /// </summary>
    public ScopeSet Scopes
    {
        get => ScopeSet.Parse(string.Join(' ', Scope));
        set
        {
            Scope.Clear();
            foreach (var scope in value)
            {
                Scope.Add(scope.Text);
            }
        }
    }

    /// <summary>What the login server calls itself in <c>iss</c>; unless set, its address without a slash at the end.</summary>
    public string? Issuer { get; set; }

    /// <summary>
    /// Refuse a callback without <c>iss</c> (RFC 9207 §2.4). Null means yes for every server but Linode's own, which sends
    /// none. A wrong one is always refused.
    /// </summary>
    public bool? RequireIssuer { get; set; }

    /// <summary>The client these options describe. It shares the connections of the back channel.</summary>
    /// <exception cref="ArgumentException">The login server is neither https nor loopback, or the handler follows redirects.</exception>
    public LinodeLoginClient CreateLoginClient()
    {
        var client = new LinodeLoginClient(ClientId, ClientSecret, LoginServer, BackchannelHttpHandler, TimeProvider);
        return Issuer is null && RequireIssuer is null
            ? client
            : new LinodeLoginClient(ClientId, ClientSecret, LoginServer, BackchannelHttpHandler, TimeProvider)
            {
                Issuer = Issuer ?? client.Issuer,
                RequireIssuer = RequireIssuer ?? client.RequireIssuer,
            };
    }

    /// <inheritdoc />
    public override void Validate()
    {
        // Not the base: it asks for a secret, which a public client has none of.
        if (string.IsNullOrWhiteSpace(ClientId))
        {
            throw new InvalidOperationException("AddLinode: set ClientId (and ClientSecret, unless the client is public) to what the app was registered with.");
        }

        if (!CallbackPath.HasValue)
        {
            throw new InvalidOperationException("AddLinode: set CallbackPath to the path of the registered redirect URI.");
        }

        _ = CreateLoginClient();
    }
}
