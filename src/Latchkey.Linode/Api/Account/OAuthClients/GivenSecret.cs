using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>A secret where one is given; null for the words that stand in its place in every other answer.</summary>
internal sealed class GivenSecret : JsonConverter<ClientSecret>
{
    private const string Redacted = "<REDACTED>";

    public override ClientSecret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text && text != Redacted ? new ClientSecret(text) : null;

    public override void Write(Utf8JsonWriter writer, ClientSecret value, JsonSerializerOptions options) =>
        throw new NotSupportedException("The API gives secrets, it does not take them.");
}
