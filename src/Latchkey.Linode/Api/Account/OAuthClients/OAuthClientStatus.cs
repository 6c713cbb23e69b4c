using System.Text.Json;
using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>
/// Whether a client can be used. Not an enum, so that a status this library has no name for comes through as it is.
/// </summary>
/// <param name="Value">The word on the wire.</param>
public readonly record struct OAuthClientStatus(string Value)
{
    /// <summary>It can be used.</summary>
    public static OAuthClientStatus Active { get; } = new("active");

    /// <summary>Switched off for a while.</summary>
    public static OAuthClientStatus Disabled { get; } = new("disabled");

    /// <summary>Stopped by whoever runs the login server.</summary>
    public static OAuthClientStatus Suspended { get; } = new("suspended");

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";
}

internal sealed class OAuthClientStatusConverter : JsonConverter<OAuthClientStatus>
{
    public override OAuthClientStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, OAuthClientStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
