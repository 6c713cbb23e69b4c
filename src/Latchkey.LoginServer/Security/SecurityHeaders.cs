using Microsoft.Extensions.Primitives;

namespace Latchkey.LoginServer.Security;

/// <summary>The headers of every answer, errors included, and the few pages that need a wider content security policy.</summary>
/// <remarks>RFC 9700 §4.2.4 (referrer), §4.16 (framing).</remarks>
internal static class SecurityHeaders
{
    private const string PolicyStart = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action ";

    private static readonly StringValues OwnFormsOnly = PolicyStart + "'self'";
    private static readonly StringValues Deny = "DENY";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues OneYear = "max-age=31536000";

    public static void Apply(HttpContext context, bool https)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = OwnFormsOnly;
        headers.XFrameOptions = Deny;
        headers.XContentTypeOptions = NoSniff;
        headers[ReferrerPolicy] = NoReferrer;
        headers.CacheControl = NoStore;
        headers[OpenerPolicy] = SameOrigin;
        if (https)
        {
            headers.StrictTransportSecurity = OneYear;
        }
    }

    /// <summary>
    /// Browsers hold the redirects that follow a form to <c>form-action</c> too, so a page whose form may end at the app
    /// has to name the app's origin.
    /// </summary>
    public static void AllowFormsToReach(HttpContext context, string redirectUri) =>
        context.Response.Headers.ContentSecurityPolicy = PolicyStart + "'self' " + SourceOf(redirectUri);

    /// <summary>For the page whose one form goes to the app, sent off by our script.</summary>
    public static void AllowFormPostTo(HttpContext context, string redirectUri) =>
        context.Response.Headers.ContentSecurityPolicy = PolicyStart + SourceOf(redirectUri) + "; script-src 'self'";

    /// <summary>The redirect URI's origin as a source expression (Content Security Policy Level 3 §2.3.1).</summary>
    internal static string SourceOf(string redirectUri)
    {
        var uri = new Uri(redirectUri);
        var web = uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;

        // The grammar knows no IPv6 literals; an app's own scheme has no host that counts. The scheme is what can be said.
        return web && uri.HostNameType != UriHostNameType.IPv6 ? $"{uri.Scheme}://{uri.IdnHost}{Port(uri)}" : uri.Scheme + ":";
    }

    private const string ReferrerPolicy = "Referrer-Policy";
    private const string OpenerPolicy = "Cross-Origin-Opener-Policy";

    private static string Port(Uri uri) => uri.IsDefaultPort ? "" : $":{uri.Port}";
}
