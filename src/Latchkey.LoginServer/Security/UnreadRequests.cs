namespace Latchkey.LoginServer.Security;

/// <summary>Requests that are refused before anything reads them, whatever they ask for.</summary>
internal static class UnreadRequests
{
    // More than any browser keeps for one site; ports share them, so a developer's machine has many.
    private const int MaxCookies = 180;

    /// <summary>The status to refuse with; null for a request that may be read.</summary>
    public static int? Refusal(HttpRequest request) =>
        IsAmbiguous(request) ? StatusCodes.Status400BadRequest
        : !BodyCharset.IsUtf8(request.ContentType) ? StatusCodes.Status415UnsupportedMediaType

        // Nothing here decompresses, so nothing can be made to swell; read as it is, a compressed body would be taken for another one.
        : request.Headers.ContentEncoding.Count > 0 ? StatusCodes.Status415UnsupportedMediaType
        : Cookies(request) > MaxCookies ? StatusCodes.Status431RequestHeaderFieldsTooLarge
        : null;

    /// <summary>
    /// True when a server in front may have seen this request end elsewhere, and what follows it as another one: with a length and
    /// chunks at once (Kestrel goes by the chunks and renames the length), or with codings upon codings (RFC 9112 §6.1, §6.3).
    /// </summary>
    public static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.ContainsKey("X-Content-Length")
        || (request.Headers.TransferEncoding is { Count: > 0 } codings && !codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase));

    private static int Cookies(HttpRequest request)
    {
        var count = 0;
        foreach (var line in request.Headers.Cookie)
        {
            count += 1 + line.AsSpan().Count(';');
        }

        return count;
    }
}
