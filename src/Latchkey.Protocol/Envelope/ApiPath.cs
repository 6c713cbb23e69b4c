namespace Latchkey.Protocol;

/// <summary>Paths of the API as clients write them.</summary>
internal static class ApiPath
{
    private static readonly string[] Versions = ["/v4", "/v4beta"];

    /// <summary>
    /// The path without the second slash behind the version, which Linode's Python library sends with thumbnails. One slash
    /// and no more, before anything has looked at the path: so nothing reads it in two ways.
    /// </summary>
    public static string WithoutDoubledSlash(string path) =>
        Array.Find(Versions, v => path.StartsWith(v, StringComparison.Ordinal) && path.AsSpan(v.Length) is ['/', '/', not '/', ..]) is { } version
            ? string.Concat(version, path.AsSpan(version.Length + 1))
            : path;
}
