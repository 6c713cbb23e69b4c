using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Latchkey.Protocol;

namespace Latchkey.Core.Clients;

/// <summary>Which redirect URIs may be registered, and which sent ones match a registered one.</summary>
/// <remarks>RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §4.1.3. Decision: exact match, see docs/decisions.</remarks>
public static partial class RedirectUriRules
{
    private const int MaxLength = 2000;

    // What a URI may be written with (RFC 3986 §2), less the fragment sign.
    internal static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%");

    // Our own answers; a registered query with these names would let an app be told a code we never issued. Many
    // frameworks read Code as code.
    private static readonly FrozenSet<string> ReservedNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        OAuthParameters.Code, OAuthParameters.State, OAuthParameters.Issuer, OAuthParameters.Error, OAuthParameters.ErrorDescription);

    /// <summary>Null when the URI may be registered, otherwise what is wrong with it.</summary>
    public static string? Problem(string uri)
    {
        if (uri.Length is 0 or > MaxLength || uri.AsSpan().ContainsAnyExcept(UriCharacters))
        {
            return "A redirect URI is at most 2,000 characters of plain ASCII, without a fragment, spaces or backslashes.";
        }

        if (HidesControls(uri))
        {
            return "A redirect URI has no control character and no backslash in it, encoded or not.";
        }

        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || uri.Contains('*', StringComparison.Ordinal))
        {
            return "A redirect URI is absolute and has no wildcard.";
        }

        // An empty user name counts too, and Uri does not tell it from none.
        if (parsed.UserInfo.Length > 0 || uri.Split('/', '?') is [_, "", var authority, ..] && authority.Contains('@', StringComparison.Ordinal))
        {
            return "A redirect URI has no user name or password in it.";
        }

        if (QueryNames(parsed.Query).Any(ReservedNames.Contains))
        {
            return "A redirect URI has no parameter named code, state, iss, error or error_description of its own.";
        }

        return SchemeProblem(uri, parsed);
    }

    /// <summary>
    /// True when <paramref name="sent"/> is <paramref name="registered"/>, byte for byte. Of a loopback address the port
    /// is free, since an app on a desktop takes what it gets (RFC 8252 §7.3).
    /// </summary>
    public static bool Matches(string registered, string sent) =>
        string.Equals(registered, sent, StringComparison.Ordinal)
        || (Loopback().Match(registered) is { Success: true } r
            && Loopback().Match(sent) is { Success: true } s
            && string.Equals(r.Groups["host"].Value, s.Groups["host"].Value, StringComparison.Ordinal)
            && string.Equals(r.Groups["rest"].Value, s.Groups["rest"].Value, StringComparison.Ordinal)
            && IsPort(s.Groups["port"].Value));

    /// <summary>
    /// As <see cref="Matches"/>, and besides what Linode's clients do: append a query to the registered URI (its scheme,
    /// host and path stay exact), or end a bare loopback origin with a slash.
    /// </summary>
    public static bool MatchesAsLinode(string registered, string sent)
    {
        var query = sent.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? sent : sent[..query];
        if (sent.Length > MaxLength || sent.AsSpan().ContainsAnyExcept(UriCharacters) || HidesControls(sent)
            || (query >= 0 && QueryNames(sent[query..]).Any(ReservedNames.Contains)))
        {
            return false;
        }

        return Matches(registered, sent)
            || Matches(registered, path)
            || (IsLoopback(registered) && path.EndsWith('/') && Loopback().Match(registered).Groups["rest"].Length == 0 && Matches(registered, path[..^1]));
    }

    /// <summary>True for <c>http</c> on 127.0.0.1, [::1] or localhost.</summary>
    public static bool IsLoopback(string uri) => Loopback().IsMatch(uri);

    private static string? SchemeProblem(string uri, Uri parsed)
    {
        if (parsed.Scheme == Uri.UriSchemeHttps)
        {
            return uri.StartsWith("https://", StringComparison.Ordinal) && parsed.Host.Length > 0 ? null : "Write the scheme as https://, followed by a host.";
        }

        if (parsed.Scheme == Uri.UriSchemeHttp)
        {
            return IsLoopback(uri) ? null : "http is for loopback addresses (127.0.0.1, [::1], localhost); use https.";
        }

        // An app's own scheme is a domain it owns, reversed; that keeps javascript:, data: and the like out too (RFC 8252 §7.1).
        return parsed.Scheme.Contains('.', StringComparison.Ordinal)
            ? null
            : "Use https, http on a loopback address, or a scheme that is a domain name reversed (com.example.app:/callback).";
    }

    // Whatever decodes it once too often finds a line break, or a backslash that browsers take for a slash.
    private static bool HidesControls(string uri) =>
        uri.Contains('%', StringComparison.Ordinal) && Uri.UnescapeDataString(uri).Any(c => char.IsControl(c) || c == '\\');

    private static IEnumerable<string> QueryNames(string query) =>
        query.TrimStart('?').Split('&').Select(p => Uri.UnescapeDataString(p.Split('=')[0].Replace('+', ' ')));

    private static bool IsPort(string digits) => digits.Length == 0 || ushort.TryParse(digits, out _);

    [GeneratedRegex(@"\Ahttp://(?<host>127\.0\.0\.1|\[::1\]|localhost)(:(?<port>[1-9][0-9]{0,4}))?(?<rest>([/?].*)?)\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Loopback();
}
