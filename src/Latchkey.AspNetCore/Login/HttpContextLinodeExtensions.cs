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
    /// <summary>The token in this session; null when nobody is logged in, or tokens are not saved.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cookieScheme">The scheme that keeps the session; null for the default one.</param>
    public static async Task<OAuthToken?> GetLinodeTokenAsync(this HttpContext context, string? cookieScheme = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var session = await context.AuthenticateAsync(cookieScheme);
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

    /// <summary>
    /// Logs out: ends the token at the login server (access and refresh token both), and the app's own session even when
    /// the login server cannot be reached.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="cookieScheme">The scheme that keeps the session; null for the default one.</param>
    /// <param name="linodeScheme">The scheme of <c>AddLinode</c>.</param>
    /// <returns>Whether the token has ended, and why not.</returns>
    /// <remarks>RFC 7009.</remarks>
    public static async Task<LinodeSignOut> SignOutOfLinodeAsync(
        this HttpContext context, string? cookieScheme = null, string linodeScheme = LinodeDefaults.AuthenticationScheme)
    {
        ArgumentNullException.ThrowIfNull(context);
        var token = await context.GetLinodeTokenAsync(cookieScheme);
        var failure = token is null ? null : await ExpireAsync(context, linodeScheme, token);
        await context.SignOutAsync(cookieScheme);
        return new LinodeSignOut(failure is null, failure);
    }

    private static async Task<LinodeOAuthException?> ExpireAsync(HttpContext context, string linodeScheme, OAuthToken token)
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<LinodeOptions>>().Get(linodeScheme);
        var failure = await TokenEnd.TryAsync(options, token);
        if (failure is not null)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Latchkey.AspNetCore.SignOut");
            Log.TokenNotEnded(logger, failure.Message, failure);
        }

        return failure;
    }
}
