namespace Latchkey.LoginServer.Security;

/// <summary>
/// Ports do not separate cookies, so every app on a host names its own. With TLS the <c>__Host-</c> prefix keeps
/// subdomains and plain http from planting one.
/// </summary>
internal static class CookieNames
{
    public static string Login(LoginServerOptions options) => Named(options, "latchkey-login");

    public static string Antiforgery(LoginServerOptions options) => Named(options, "latchkey-csrf");

    /// <summary>Marks a browser in which somebody has logged in before.</summary>
    public static string KnownBrowser(LoginServerOptions options) => Named(options, "latchkey-known");

    private static string Named(LoginServerOptions options, string name) => options.IsHttps ? "__Host-" + name : name;
}
