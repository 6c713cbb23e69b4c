using System.Buffers;
using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Latchkey.CloudApi.Envelope;

/// <summary>
/// Reads a body as one JSON object (<see cref="StrictJson"/>), of bounded size.
/// </summary>
internal static class RequestReader
{
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

        using var document = StrictJson.Read(bytes, out var refusal);
        return document is null ? Bad(refusal) : await handle(new RequestBody(document.RootElement));
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
