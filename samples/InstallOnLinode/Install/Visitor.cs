using System.Security.Cryptography;

namespace InstallOnLinode.Install;

/// <summary>Knows a browser again: a random name in a cookie that scripts cannot read. All else stays on the server.</summary>
internal static class Visitor
{
    private const string CookieName = "install-on-linode";

    /// <summary>The browser's name, given to it now if it has none.</summary>
    public static string Of(HttpContext context)
    {
        var name = NameOf(context);
        if (name.Length == 0)
        {
            name = RandomNumberGenerator.GetHexString(32, lowercase: true);
            context.Response.Cookies.Append(Cookie(context), name, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }

        return name;
    }

    /// <summary>The browser's name, or nothing.</summary>
    public static string NameOf(HttpContext context) => context.Request.Cookies[Cookie(context)] ?? "";

    // The prefix keeps a neighbouring subdomain from setting it, but works over https only.
    private static string Cookie(HttpContext context) => context.Request.IsHttps ? "__Host-" + CookieName : CookieName;
}
