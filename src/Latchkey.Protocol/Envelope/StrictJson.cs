using System.Text.Json;
using System.Text.Unicode;

namespace Latchkey.Protocol;

/// <summary>
/// Reads bytes as one JSON object, strictly (RFC 8259): no duplicate names, no byte order mark, nothing behind it, no
/// number beyond a double, no NUL and no half surrogate in a string, bounded depth. What two parsers might read
/// differently is refused before any rule looks at it.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The object, or null and what is wrong with the bytes.</summary>
    public static JsonDocument? Read(byte[] bytes, out string refusal)
    {
        refusal = "The request body is not valid JSON.";
        if (Parse(bytes) is not { } document)
        {
            return null;
        }

        refusal = document.RootElement.ValueKind != JsonValueKind.Object
            ? "The request body must be a JSON object."
            : Sound(document.RootElement) ? "" : "The request body holds a text or a number that cannot be used.";
        if (refusal.Length == 0)
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    private static JsonDocument? Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Sound(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(p => SoundName(p) && Sound(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(Sound),
        JsonValueKind.String => SoundText(element.GetString),
        JsonValueKind.Number => element.TryGetDouble(out var number) && double.IsFinite(number),
        _ => true,
    };

    private static bool SoundName(JsonProperty property) => SoundText(() => property.Name);

    private static bool SoundText(Func<string?> read)
    {
        try
        {
            return read()?.Contains('\0') == false;
        }
        catch (InvalidOperationException)
        {
            return false;   // "\ud800" alone is no text; the reader finds out only when asked for it
        }
    }
}
