using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>A Linode.</summary>
public sealed record Instance
{
    /// <summary>Its number.</summary>
    public int Id { get; init; }

    /// <summary>Its name, unique in the account.</summary>
    public string Label { get; init; } = "";

    /// <summary>What it is doing.</summary>
    public InstanceStatus Status { get; init; }

    /// <summary>Where it is.</summary>
    public string Region { get; init; } = "";

    /// <summary>Its plan.</summary>
    public string Type { get; init; } = "";

    /// <summary>What it was made from; null when from nothing.</summary>
    public string? Image { get; init; }

    /// <summary>Its addresses; the first one is public.</summary>
    [JsonPropertyName("ipv4")]
    public IReadOnlyList<string> IPv4 { get; init; } = [];

    /// <summary>Its IPv6 address with the length of its prefix; null when it has none.</summary>
    [JsonPropertyName("ipv6")]
    public string? IPv6 { get; init; }

    /// <summary>How large it is.</summary>
    public InstanceSpecs Specs { get; init; } = new();

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its display group; Linode has put tags in its place.</summary>
    public string Group { get; init; } = "";

    /// <summary><c>kvm</c>.</summary>
    public string Hypervisor { get; init; } = "";

    /// <summary>The machine below it; null when the API does not say.</summary>
    public string? HostUuid { get; init; }

    /// <summary>True when it is started again after it powers off by itself.</summary>
    public bool WatchdogEnabled { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset Updated { get; init; }
}
