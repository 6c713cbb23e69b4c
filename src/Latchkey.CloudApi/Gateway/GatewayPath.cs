namespace Latchkey.CloudApi.Gateway;

/// <summary>
/// The path as it is asked of the login server. It is built anew from plain segments and refused when a segment is anything
/// else: no encoded slash, dot segment, semicolon or empty segment reaches a second parser that may read it another way.
/// </summary>
internal static class GatewayPath
{
    /// <summary>The path under <paramref name="root"/>, or null.</summary>
    public static string? Build(string root, string? rest)
    {
        if (string.IsNullOrEmpty(rest))
        {
            return root;
        }

        return rest.Split('/').All(IsPlain) ? $"{root}/{rest}" : null;
    }

    private static bool IsPlain(string segment) =>
        segment.Length > 0 && segment.Trim('.').Length > 0
        && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '@');
}
