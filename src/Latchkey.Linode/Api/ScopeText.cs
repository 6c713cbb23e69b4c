using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>Scopes as one text, separated by spaces; those without a name here come and go untouched.</summary>
internal sealed class ScopeText : JsonConverter<ScopeSet>
{
    public override ScopeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ScopeSet.TryParse(reader.GetString(), out var scopes) ? scopes : throw new JsonException("Not scopes.");

    public override void Write(Utf8JsonWriter writer, ScopeSet value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
