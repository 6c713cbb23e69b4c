using System.Buffers.Text;
using System.Text;

namespace Latchkey.Bench.Operations;

/// <summary>A request whose bytes are ready but for one value at the end, which is ASCII and needs no escaping.</summary>
internal sealed class RequestTemplate
{
    private readonly byte[] _head;
    private readonly byte[]? _body;

    private RequestTemplate(string head, string? body)
    {
        _head = Encoding.ASCII.GetBytes(head);
        _body = body is null ? null : Encoding.ASCII.GetBytes(body);
    }

    /// <summary>A form whose last field is the value.</summary>
    public static RequestTemplate Form(Site site, string path, IEnumerable<(string Name, string Value)> fields, string lastName) => new(
        $"POST {path} HTTP/1.1\r\nHost: {site.Host}\r\nUser-Agent: latchkey-bench\r\nAccept: application/json\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ",
        string.Concat(fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}&")) + lastName + "=");

    /// <summary>A browser's visit; nothing in it changes.</summary>
    public static RequestTemplate Visit(Site site, string pathAndQuery) => new(
        $"GET {pathAndQuery} HTTP/1.1\r\nHost: {site.Host}\r\nUser-Agent: latchkey-bench\r\nAccept: text/html\r\nCookie: {site.Cookie}\r\n\r\n", null);

    public int Write(Span<byte> into, ReadOnlySpan<byte> value)
    {
        _head.CopyTo(into);
        var length = _head.Length;
        if (_body is not null)
        {
            Utf8Formatter.TryFormat(_body.Length + value.Length, into[length..], out var digits);
            length += digits;
            length += Copy("\r\n\r\n"u8, into[length..]);
            length += Copy(_body, into[length..]);
            length += Copy(value, into[length..]);
        }

        return length;
    }

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        bytes.CopyTo(into);
        return bytes.Length;
    }
}
