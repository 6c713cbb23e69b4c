namespace Latchkey.Core.Consent;

/// <summary>
/// Where what a person agrees to goes: the address the code is sent to and the API the token is for. Both stand on the page that
/// asks, so an answer counts for no other.
/// </summary>
public readonly record struct ConsentPlace
{
    private const string Http = "http://";

    private ConsentPlace(string address, string resource)
    {
        Address = address;
        Resource = resource;
    }

    /// <summary>The redirect URI without its query, and on a loopback address without the port: an app may choose both anew each time.</summary>
    public string Address { get; }

    /// <summary>RFC 8707 §2; empty for the server's own API.</summary>
    public string Resource { get; }

    public static ConsentPlace Of(string redirectUri, string? resource)
    {
        var query = redirectUri.IndexOf('?', StringComparison.Ordinal);
        return new(WithoutPort(query < 0 ? redirectUri : redirectUri[..query]), resource ?? "");
    }

    // http is registered for loopback addresses only (RFC 8252 §7.3).
    private static string WithoutPort(string address)
    {
        if (!address.StartsWith(Http, StringComparison.Ordinal))
        {
            return address;
        }

        var path = address.IndexOf('/', Http.Length);
        var end = path < 0 ? address.Length : path;
        var port = address.AsSpan(Http.Length, end - Http.Length).LastIndexOf(':') + Http.Length;

        // The colons of [::1] are none.
        return port < Http.Length || address.AsSpan(port, end - port).Contains(']') ? address : address.Remove(port, end - port);
    }
}
