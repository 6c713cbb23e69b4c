namespace Latchkey.Linode;

/// <summary>What a Linode can be made from.</summary>
public sealed record Image
{
    /// <summary>What is sent in requests: <c>linode/debian12</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people call it: <c>Debian 12</c>.</summary>
    public string Label { get; init; } = "";

    /// <summary>A few words more.</summary>
    public string? Description { get; init; }

    /// <summary>The distribution; null for images of one's own.</summary>
    public string? Vendor { get; init; }

    /// <summary><c>linode</c>, or whose it is.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary><c>manual</c> or <c>automatic</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>available</c>, <c>creating</c>, <c>pending_upload</c> …</summary>
    public string Status { get; init; } = "";

    /// <summary>In MB.</summary>
    public int Size { get; init; }

    /// <summary>True when everybody can use it.</summary>
    public bool IsPublic { get; init; }

    /// <summary>True when it should not be used any more.</summary>
    public bool Deprecated { get; init; }

    /// <summary>What it can do: <c>cloud-init</c> …</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>When it ends, in UTC; null when it does not.</summary>
    public DateTimeOffset? Expiry { get; init; }

    /// <summary>When its maker ends support, in UTC; null when nobody said.</summary>
    public DateTimeOffset? Eol { get; init; }
}
