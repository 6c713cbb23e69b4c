using System.Globalization;
using Latchkey.AspNetCore;
using Latchkey.Linode;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Http;

/// <summary>The token a login with Linode brought, and its end.</summary>
public static class HttpContextLinodeExtensions
{
    // Where the framework's remote handlers note, in the sealed ticket, which of them logged the person in.
    private const string LoginSchemeKey = ".AuthScheme";

    /// <summary>The token in this session; null when nobody is logged in, or tokens are not saved.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cookieScheme">The scheme that keeps the session; null for the default one.</param>
    public static async Task<OAuthToken?> GetLinodeTokenAsync(this HttpContext context, string? cookieScheme = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return TokenOf(await context.AuthenticateAsync(cookieScheme));
    }

    /// <summary>
    /// Logs out: ends the token at the login server (access and refresh token both), and the app's own session even when
    /// the login server cannot be reached.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="cookieScheme">The scheme that keeps the session; null for the default one.</param>
    /// <param name="linodeScheme">
    /// The scheme of <c>AddLinode</c> that the token came from, for a session that does not say; null for the default one. A
    /// session that says which scheme logged the person in is believed: its token goes to no other server.
    /// </param>
    /// <returns>Whether the token has ended, and why not. Neither that nor a wrong setting is thrown.</returns>
    /// <remarks>RFC 7009.</remarks>
    public static async Task<LinodeSignOut> SignOutOfLinodeAsync(
        this HttpContext context, string? cookieScheme = null, string? linodeScheme = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        LinodeOAuthException? failure = null;
        try
        {
            var session = await context.AuthenticateAsync(cookieScheme);
            if (TokenOf(session) is { } token)
            {
                failure = await ExpireAsync(context, LoginSchemeOf(session) ?? linodeScheme ?? LinodeDefaults.AuthenticationScheme, token);
            }
        }
        finally
        {
            // Whoever logs out leaves no living session behind, whatever became of the token.
            await context.SignOutAsync(cookieScheme);
        }

        return new LinodeSignOut(failure is null, failure);
    }

    private static OAuthToken? TokenOf(AuthenticateResult session)
    {
        if (!session.Succeeded || session.Properties.GetTokenValue(OAuthParameters.AccessToken) is not { Length: > 0 } access)
        {
            return null;
        }

        var expires = DateTimeOffset.TryParse(
            session.Properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : default;
        return new OAuthToken(
            new AccessToken(access),
            ScopeSet.TryParse(session.Properties.GetTokenValue(LinodeDefaults.ScopeClaim), out var scopes) ? scopes : ScopeSet.Empty,
            expires,
            session.Properties.GetTokenValue(OAuthParameters.RefreshToken) is { Length: > 0 } refresh ? new RefreshToken(refresh) : null);
    }

    private static string? LoginSchemeOf(AuthenticateResult session) =>
        session.Properties!.Items.TryGetValue(LoginSchemeKey, out var scheme) && !string.IsNullOrEmpty(scheme) ? scheme : null;

    private static async Task<LinodeOAuthException?> ExpireAsync(HttpContext context, string linodeScheme, OAuthToken token)
    {
        // A name nobody registered has default options, and those would show the token to Linode, wherever it came from.
        var scheme = await context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(linodeScheme);
        var failure = scheme?.HandlerType == typeof(LinodeHandler)
            ? await TokenEnd.TryAsync(context.RequestServices.GetRequiredService<IOptionsMonitor<LinodeOptions>>().Get(linodeScheme), token)
            : new OAuthRefusedException(UnknownScheme(linodeScheme));
        if (failure is not null)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Latchkey.AspNetCore.SignOut");
            Log.TokenNotEnded(logger, failure.Message, failure);
        }

        return failure;
    }

    private static OAuthRefusal UnknownScheme(string scheme) => new(
        OAuthRefusalKind.RequestRejected,
        "unknown_scheme",
        $"No AddLinode goes by the name of this session's scheme, \"{scheme}\".",
        "Nothing was sent. Say in SignOutOfLinodeAsync which scheme the token came from.");
}
