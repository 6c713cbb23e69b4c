using System.Text.Json;
using System.Text.Json.Serialization;

namespace Latchkey.Protocol;

/// <summary>Linode's spelling: snake case, and dates in UTC without zone or fraction, the only form its Go client reads.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new LinodeDate() },
    };

    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>A date as it goes out; as text it sorts as it should.</summary>
    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString(DateFormat);

    private sealed class LinodeDate : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.ParseExact(reader.GetString()!, DateFormat, null, System.Globalization.DateTimeStyles.AssumeUniversal);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Date(value));
    }
}
