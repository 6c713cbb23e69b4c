namespace Latchkey.Linode;

/// <summary>Where Linodes can be.</summary>
public sealed record Region
{
    /// <summary>What is sent in requests: <c>us-east</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people call it: <c>Newark, NJ</c>.</summary>
    public string Label { get; init; } = "";

    /// <summary>Two letters.</summary>
    public string Country { get; init; } = "";

    /// <summary>What it offers: <c>Linodes</c>, <c>NodeBalancers</c> …</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary><c>ok</c> or <c>outage</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary><c>core</c> or <c>distributed</c>; null where the API does not say.</summary>
    public string? SiteType { get; init; }
}
