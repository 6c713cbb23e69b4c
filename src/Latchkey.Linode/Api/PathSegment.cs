namespace Latchkey.Linode;

/// <summary>An id from outside, as part of a path that it cannot leave.</summary>
internal static class PathSegment
{
    /// <summary>Escaped, except the slash inside ids such as <c>linode/debian12</c>, which the API expects as it is.</summary>
    /// <exception cref="ArgumentException">Empty, or made of dots, which would climb to another path.</exception>
    public static string Of(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var parts = id.Split('/');
        return parts.Any(p => p is "" or "." or "..")
            ? throw new ArgumentException("Not an id.", nameof(id))
            : string.Join('/', parts.Select(Uri.EscapeDataString));
    }
}
