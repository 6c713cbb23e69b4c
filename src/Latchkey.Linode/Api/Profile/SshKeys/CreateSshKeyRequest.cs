using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>A new key on the wire.</summary>
internal sealed record CreateSshKeyRequest(string Label, [property: JsonPropertyName("ssh_key")] string Key);
