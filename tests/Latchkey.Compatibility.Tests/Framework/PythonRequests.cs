using System.Text;

namespace Latchkey.CompatibilityTests.Framework;

/// <summary>Requests as Python's <c>requests</c> writes them: its own headers first, then those of its caller.</summary>
internal static class PythonRequests
{
    private static readonly (string, string)[] Own =
        [("User-Agent", "python-requests/2.31.0"), ("Accept-Encoding", "gzip, deflate"), ("Accept", "*/*")];

    /// <summary>A body of JSON, or none; a GET then still says <c>Content-Type</c> if the caller does.</summary>
    public static Task<Reply> SendAsync(string method, string url, (string Name, string Value)[] headers, byte[]? body = null) =>
        Wire.SendAsync(method, url, [.. Own.ExceptBy(headers.Select(h => h.Name), h => h.Item1), .. headers], body ?? (method is "POST" or "PUT" or "DELETE" ? [] : null));

    public static Task<Reply> PostFormAsync(string url, params (string Name, string Value)[] form) => SendAsync(
        "POST", url, [("Content-Type", "application/x-www-form-urlencoded")], Encoding.ASCII.GetBytes(Encode(form)));

    /// <summary>As <c>urllib.parse.urlencode</c>: a blank is a plus, and a comma or an asterisk is escaped.</summary>
    public static string Encode(params (string Name, string Value)[] form) => string.Join('&', form.Select(f =>
        $"{f.Name}={Uri.EscapeDataString(f.Value).Replace("%20", "+", StringComparison.Ordinal)}"));
}
