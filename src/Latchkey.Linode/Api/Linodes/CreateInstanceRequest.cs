using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>What a new Linode shall be. Members left null are left to the API.</summary>
public sealed record CreateInstanceRequest
{
    /// <summary>Where: <see cref="Linode.Region.Id"/>.</summary>
    public required string Region { get; init; }

    /// <summary>Which plan: <see cref="LinodeType.Id"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What from: <see cref="Linode.Image.Id"/>; null for an empty one.</summary>
    public string? Image { get; init; }

    /// <summary>The root password; when null and there is an image, one is made and handed back.</summary>
    [JsonPropertyName("root_pass")]
    public RootPassword? RootPassword { get; init; }

    /// <summary>Its name; null lets the API make one.</summary>
    public string? Label { get; init; }

    /// <summary>The StackScript to run at the first boot: <see cref="StackScript.Id"/>.</summary>
    [JsonPropertyName("stackscript_id")]
    public int? StackScriptId { get; init; }

    /// <summary>The answers to what the StackScript asks, by <see cref="UserDefinedField.Name"/>.</summary>
    [JsonPropertyName("stackscript_data")]
    public IReadOnlyDictionary<string, string>? StackScriptData { get; init; }

    /// <summary>SSH keys for root, as in <c>authorized_keys</c>.</summary>
    public IReadOnlyList<string>? AuthorizedKeys { get; init; }

    /// <summary>Users whose SSH keys root shall have.</summary>
    public IReadOnlyList<string>? AuthorizedUsers { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether it boots at once; null for the API's own choice, which is yes when there is an image.</summary>
    public bool? Booted { get; init; }

    /// <summary>Whether the backup service is on.</summary>
    public bool? BackupsEnabled { get; init; }

    /// <summary>Whether it gets a private IPv4 address too.</summary>
    [JsonPropertyName("private_ip")]
    public bool? PrivateIp { get; init; }

    /// <summary>The swap disk, in MB.</summary>
    public int? SwapSize { get; init; }
}
