using System.Text.Json;
using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>
/// What an instance is doing. Not an enum, so that a status this library has no name for comes through as it is.
/// </summary>
/// <param name="Value">The word on the wire.</param>
public readonly record struct InstanceStatus(string Value)
{
    /// <summary>Being made.</summary>
    public static InstanceStatus Provisioning { get; } = new("provisioning");

    /// <summary>Starting.</summary>
    public static InstanceStatus Booting { get; } = new("booting");

    /// <summary>Up.</summary>
    public static InstanceStatus Running { get; } = new("running");

    /// <summary>Starting again.</summary>
    public static InstanceStatus Rebooting { get; } = new("rebooting");

    /// <summary>Going down.</summary>
    public static InstanceStatus ShuttingDown { get; } = new("shutting_down");

    /// <summary>Down.</summary>
    public static InstanceStatus Offline { get; } = new("offline");

    /// <summary>Being deleted.</summary>
    public static InstanceStatus Deleting { get; } = new("deleting");

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";
}

internal sealed class InstanceStatusConverter : JsonConverter<InstanceStatus>
{
    public override InstanceStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, InstanceStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
