namespace Latchkey.Protocol;

/// <summary>Where the login server answers, below its base address. The first three are Linode's.</summary>
public static class OAuthPaths
{
    /// <summary>RFC 6749 §3.1.</summary>
    public const string Authorize = "/oauth/authorize";

    /// <summary>RFC 6749 §3.2.</summary>
    public const string Token = "/oauth/token";

    /// <summary>RFC 7009 §2.</summary>
    public const string Revoke = "/oauth/revoke";

    /// <summary>RFC 7662 §2.</summary>
    public const string Introspect = "/oauth/introspect";

    /// <summary>RFC 8414 §3.</summary>
    public const string Metadata = "/.well-known/oauth-authorization-server";

    /// <summary>Ends the login session; plain GET, as Linode's Cloud Manager sends its users there.</summary>
    public const string Logout = "/logout";
}
