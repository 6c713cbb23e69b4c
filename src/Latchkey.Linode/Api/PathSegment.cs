namespace Latchkey.Linode;

/// <summary>An id from outside, as part of a path that it cannot leave.</summary>
internal static class PathSegment
{
    /// <summary>Escaped, as one segment.</summary>
    /// <exception cref="ArgumentException">Empty, dots, or more than one segment.</exception>
    public static string One(string id) => Of(id) is var text && text.Contains('/') ? throw new ArgumentException("Not an id.", nameof(id)) : text;

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
