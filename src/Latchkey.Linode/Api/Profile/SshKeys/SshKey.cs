using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>A public key that the person's new Linodes can be given.</summary>
public sealed record SshKey
{
    /// <summary>Its number.</summary>
    public int Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public string Label { get; init; } = "";

    /// <summary>The public key, as in <c>authorized_keys</c>.</summary>
    [JsonPropertyName("ssh_key")]
    public string Key { get; init; } = "";

    /// <summary>When it was added, in UTC.</summary>
    public DateTimeOffset Created { get; init; }
}
