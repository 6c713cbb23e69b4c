namespace Latchkey.AspNetCore;

/// <summary>What <c>AddLinode</c> uses unless told otherwise.</summary>
public static class LinodeDefaults
{
    /// <summary>The name of the scheme.</summary>
    public const string AuthenticationScheme = "Linode";

    /// <summary>What a login button says.</summary>
    public const string DisplayName = "Linode";

    /// <summary>The path the browser comes back to.</summary>
    public const string CallbackPath = "/oauth/callback";

    /// <summary>The claim that lists the granted scopes, separated by spaces; also the name under which the ticket keeps them.</summary>
    public const string ScopeClaim = "scope";
}
