namespace Latchkey.CloudApi.Gateway;

/// <summary>
/// The path as it is asked of the login server. It is built anew from plain segments and refused when a segment is anything
/// else: no encoded slash, dot segment, semicolon or empty segment reaches a second parser that may read it another way.
/// </summary>
internal static class GatewayPath
{
    /// <summary>The path under <paramref name="root"/>, without a slash at its end, which names nothing; or null.</summary>
    public static string? Build(string root, string? rest)
    {
        if (string.IsNullOrEmpty(rest))
        {
            return root;
        }

        var path = rest.EndsWith('/') ? rest[..^1] : rest;
        return path.Split('/').All(IsPlain) ? $"{root}/{path}" : null;
    }

    private static bool IsPlain(string segment) =>
        segment.Length > 0 && segment.Trim('.').Length > 0
        && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '@');
}
