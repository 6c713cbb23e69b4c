using System.Buffers;

namespace Latchkey.LoginServer.Accounts;

/// <summary>Where a person goes on to after logging in: always a page of this server, whatever the request says.</summary>
internal static class LocalUrl
{
    public const string Home = "/";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=%[]");

    /// <summary>
    /// The URL itself when it is a path that starts with a letter (so neither <c>//host</c>, <c>/\host</c> nor <c>/..//host</c>)
    /// and holds nothing a browser might read otherwise; the home page when not (CVE-2024-39694).
    /// </summary>
    public static string OrHome(string? url) =>
        url is ['/', var first, ..] && char.IsAsciiLetter(first) && !url.AsSpan().ContainsAnyExcept(Allowed) && IsPlain(PathOf(url))
            ? url
            : Home;

    // What browsers fold before they go there is no address that we would have named.
    private static bool IsPlain(ReadOnlySpan<char> path) => !path.Contains('%') && !path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal);

    private static ReadOnlySpan<char> PathOf(string url) => url.AsSpan(0, url.IndexOf('?') is >= 0 and var query ? query : url.Length);
}
