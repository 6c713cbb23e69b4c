using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>A new personal access token.</summary>
/// <param name="Details">What lists will show of it.</param>
/// <param name="Token">The token, this once; nobody can ask for it later. It does not print.</param>
public sealed record CreatedPersonalToken(PersonalToken Details, PersonalAccessToken Token);

internal sealed class CreatedPersonalTokenConverter : JsonConverter<CreatedPersonalToken>
{
    public override CreatedPersonalToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var answer = document.RootElement;
        return answer.ValueKind == JsonValueKind.Object
            && answer.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text
            ? new CreatedPersonalToken(answer.Deserialize(ApiJson.Default.PersonalToken)!, new PersonalAccessToken(text))
            : throw new JsonException("There is no token in it.");
    }

    public override void Write(Utf8JsonWriter writer, CreatedPersonalToken value, JsonSerializerOptions options) =>
        throw new NotSupportedException("The API gives tokens, it does not take them.");
}
