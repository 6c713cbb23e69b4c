using System.Text.Json;

namespace Latchkey.Protocol;

/// <summary>
/// The JSON object a client sent, read field by field. A field of the wrong type is noted and reads as absent, so that one
/// answer tells everything that is wrong.
/// </summary>
internal sealed class RequestBody(JsonElement body)
{
    private readonly List<ApiError> _errors = [];

    /// <summary>The whole object as it was sent.</summary>
    public string Text => body.GetRawText();

    public IReadOnlyList<ApiError> Errors => _errors;

    /// <summary>True when the field was sent with a value, of whatever type.</summary>
    public bool Has(string field) => Present(field, out _);

    public void Refuse(string field, string reason) => _errors.Add(new ApiError(reason, field));

    public string? String(string field) =>
        Read(field, JsonValueKind.String, "a string", e => e.GetString());

    public bool? Bool(string field) => !Present(field, out var value)
        ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong<bool?>(field, "a boolean");

    public int? Integer(string field) => !Present(field, out var value)
        ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : Wrong<int?>(field, "an integer");

    public JsonElement? Object(string field) =>
        Read<JsonElement?>(field, JsonValueKind.Object, "an object", e => e);

    public IReadOnlyList<string>? Strings(string field) => Read(field, JsonValueKind.Array, "a list of strings", e =>
        e.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String)
            ? e.EnumerateArray().Select(i => i.GetString()!).ToList()
            : Wrong<List<string>>(field, "a list of strings"));

    private T? Read<T>(string field, JsonValueKind kind, string kindInWords, Func<JsonElement, T?> read) => !Present(field, out var value)
        ? default
        : value.ValueKind == kind ? read(value) : Wrong<T>(field, kindInWords);

    // null means "not given", as with Linode.
    private bool Present(string field, out JsonElement value) =>
        body.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    private T? Wrong<T>(string field, string kind)
    {
        Refuse(field, $"{field} must be {kind}.");
        return default;
    }
}
