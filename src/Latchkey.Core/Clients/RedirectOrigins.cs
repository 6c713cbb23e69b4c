namespace Latchkey.Core.Clients;

/// <summary>Where a browser app runs, as its redirect URIs tell: scripts of that origin may read what the back channel answers.</summary>
public static class RedirectOrigins
{
    /// <summary>True when <paramref name="origin"/> is, byte for byte, the origin of one of the client's redirect URIs.</summary>
    public static bool RunsAt(this Client client, string origin) =>
        client.RedirectUris.Any(uri => string.Equals(Of(uri), origin, StringComparison.Ordinal));

    /// <summary>True when <paramref name="text"/> is an origin as a browser writes it.</summary>
    /// <remarks>RFC 6454 §6.2.</remarks>
    public static bool IsOrigin(string text) => string.Equals(Of(text), text, StringComparison.Ordinal);

    // An app's own scheme has no origin that a browser would send.
    private static string? Of(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
