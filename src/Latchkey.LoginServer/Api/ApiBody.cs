using System.Buffers;
using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Latchkey.LoginServer.Api;

/// <summary>What a call to the API was sent with: its body, of bounded size, and who sent it.</summary>
internal static class ApiBody
{
    private const int MaxJson = 64 * 1024;

    private static readonly JsonDocument Nothing = JsonDocument.Parse("{}");

    public static ApiCaller Caller(this HttpContext context) => context.Features.GetRequiredFeature<ApiCaller>();

    /// <summary>Reads a JSON object, gives it to the handler, and answers what the handler, or the reading, says.</summary>
    public static Task<IResult> ReadAsync(HttpContext context, bool mayBeEmpty, Func<RequestBody, Task<IResult>> handle) =>
        ReadAsync(context, mayBeEmpty, MaxJson, handle);

    /// <summary>The same with another limit on its bytes.</summary>
    public static async Task<IResult> ReadAsync(HttpContext context, bool mayBeEmpty, int limit, Func<RequestBody, Task<IResult>> handle)
    {
        if (await BytesAsync(context.Request, limit, context.RequestAborted) is not { } bytes)
        {
            return ApiJson.Refuse(context, ApiRefusal.TooLarge);
        }

        if (bytes.Length == 0)
        {
            return mayBeEmpty ? await handle(new RequestBody(Nothing.RootElement)) : ApiJson.Bad(new ApiError("A JSON object is needed."));
        }

        if (!Is(context.Request, "application/json"))
        {
            return ApiJson.Refuse(context, ApiRefusal.NotJson);
        }

        using var document = StrictJson.Read(bytes, out var refusal);
        return document is null ? ApiJson.Bad(new ApiError(refusal)) : await handle(new RequestBody(document.RootElement));
    }

    /// <summary>True for this media type, sent as it is: nothing here decompresses, so nothing can be made to swell.</summary>
    public static bool Is(HttpRequest request, string mediaType) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when there is more than the limit.</summary>
    public static async Task<byte[]?> BytesAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var read = new ArrayBufferWriter<byte>();
        int count;
        while ((count = await request.Body.ReadAsync(read.GetMemory(4096), cancellationToken)) > 0)
        {
            read.Advance(count);
            if (read.WrittenCount > limit)
            {
                return null;
            }
        }

        return read.WrittenSpan.ToArray();
    }
}
