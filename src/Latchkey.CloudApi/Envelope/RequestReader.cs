using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Latchkey.CloudApi.Envelope;

/// <summary>
/// Reads a body as one JSON object, strictly (RFC 8259): no duplicate names, no byte order mark, nothing behind it, no
/// number beyond a double, no NUL and no half surrogate in a string, bounded depth. What two parsers might read
/// differently is refused before any rule looks at it.
/// </summary>
internal static class RequestReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>Reads the body, gives it to the handler and answers what the handler, or the reading, says.</summary>
    public static async Task<IResult> ReadAsync(
        HttpContext context, CloudApiOptions options, bool mayBeEmpty, Func<RequestBody, Task<IResult>> handle)
    {
        var (bytes, tooLarge) = await BytesAsync(context.Request, options.MaxBodyBytes, context.RequestAborted);
        if (tooLarge)
        {
            return Answer.Error(StatusCodes.Status413PayloadTooLarge, Reasons.For(StatusCodes.Status413PayloadTooLarge));
        }

        if (bytes.Length == 0)
        {
            return mayBeEmpty ? await handle(new RequestBody(Nothing)) : Bad("A JSON object is needed.");
        }

        if (!IsJson(context.Request.ContentType))
        {
            return Answer.Error(StatusCodes.Status415UnsupportedMediaType, Reasons.For(StatusCodes.Status415UnsupportedMediaType));
        }

        if (Parse(bytes) is not { } document)
        {
            return Bad("The request body is not valid JSON.");
        }

        using (document)
        {
            return document.RootElement.ValueKind != JsonValueKind.Object
                ? Bad("The request body must be a JSON object.")
                : Sound(document.RootElement)
                    ? await handle(new RequestBody(document.RootElement))
                    : Bad("The request body holds a text or a number that cannot be used.");
        }
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

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<(byte[] Bytes, bool TooLarge)> BytesAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return ([], true);
        }

        var read = new ArrayBufferWriter<byte>();
        int count;
        while ((count = await request.Body.ReadAsync(read.GetMemory(4096), cancellationToken)) > 0)
        {
            read.Advance(count);
            if (read.WrittenCount > limit)
            {
                return ([], true);
            }
        }

        return (read.WrittenSpan.ToArray(), false);
    }

    private static Answer Bad(string reason) => Answer.Error(StatusCodes.Status400BadRequest, reason);
}
