using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Latchkey.AspNetCore;

/// <summary>What the request brings to prove itself: nothing, something that cannot be a token, or a token to ask about.</summary>
/// <remarks>RFC 6750 §2.1; a token in the address or a form is none (OAuth 2.1 §5.1).</remarks>
internal readonly record struct BearerCredential(BearerCredential.Kind What, string? Token)
{
    // RFC 6750 §2.1: b64token.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    private const int LongestToken = 4096;

    internal enum Kind
    {
        None,

        /// <summary>Not one token in the one place for it: <c>invalid_request</c>.</summary>
        Malformed,
        Token,
    }

    public static BearerCredential Of(HttpRequest request, bool acceptTokenScheme)
    {
        var headers = request.Headers.Authorization;
        var (scheme, rest) = headers.Count == 1 ? Split(headers[0]!) : ("", "");
        var isOurs = scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || (acceptTokenScheme && scheme.Equals("token", StringComparison.OrdinalIgnoreCase));
        if (headers.Count > 1)
        {
            // Two ways to say who one is are two answers for two readers (RFC 6750 §3.1).
            return new(Kind.Malformed, null);
        }

        if (!isOurs)
        {
            return default;
        }

        return request.Query.ContainsKey("access_token") || rest.Length is 0 or > LongestToken || rest.AsSpan().ContainsAnyExcept(TokenCharacters)
            ? new(Kind.Malformed, null)
            : new(Kind.Token, rest);
    }

    private static (string Scheme, string Text) Split(string header)
    {
        var text = header.Trim(' ');
        var space = text.IndexOf(' ');
        return space < 0 ? (text, "") : (text[..space], text[space..].TrimStart(' '));
    }
}
