using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Latchkey.LoginServer.Clients;

/// <summary>Writes one JSON object as the answer: never stored, and with Linode's exact content type.</summary>
internal static class OAuthJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Nothing waits between taking it and giving it back, so each thread needs one.
    [ThreadStatic]
    private static Scratch? _scratch;

    public static Task WriteAsync(HttpResponse response, Action<Utf8JsonWriter> members)
    {
        var scratch = Interlocked.Exchange(ref _scratch, null) ?? new Scratch();
        var writer = scratch.Writer;
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
        writer.Flush();

        // Tokens in a cache are tokens given away (RFC 6749 §5.1).
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = "application/json";
        response.ContentLength = scratch.Buffer.WrittenCount;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            response.BodyWriter.Write(scratch.Buffer.WrittenSpan);
        }

        // Wiped, since it held tokens. One that a fault kept from getting here is left to the collector.
        writer.Reset();
        scratch.Buffer.Clear();
        _scratch = scratch;
        return Task.CompletedTask;
    }

    private sealed class Scratch
    {
        public Scratch() => Writer = new Utf8JsonWriter(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(1024);

        public Utf8JsonWriter Writer { get; }
    }
}
