using System.Text;

namespace Latchkey.Bench.Operations;

/// <summary>A request whose bytes are ready but for one value at the end, which is ASCII and needs no escaping.</summary>
internal sealed class RequestTemplate
{
    private readonly byte[] _before;
    private readonly int _valueLength;

    private RequestTemplate(string before, int valueLength)
    {
        _before = Encoding.ASCII.GetBytes(before);
        _valueLength = valueLength;
    }

    /// <summary>A form whose last field is the value; every value has the same length, so the head can say how long the body is.</summary>
    public static RequestTemplate Form(Site site, string path, IEnumerable<(string Name, string Value)> fields, string lastName, int valueLength)
    {
        var body = string.Concat(fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}&")) + lastName + "=";
        return new RequestTemplate(
            $"POST {path} HTTP/1.1\r\nHost: {site.Host}\r\nUser-Agent: latchkey-bench\r\nAccept: application/json\r\n"
            + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length + valueLength}\r\n\r\n{body}",
            valueLength);
    }

    /// <summary>A browser's visit; nothing in it changes.</summary>
    public static RequestTemplate Visit(Site site, string pathAndQuery) =>
        new($"GET {pathAndQuery} HTTP/1.1\r\nHost: {site.Host}\r\nUser-Agent: latchkey-bench\r\nAccept: text/html\r\nCookie: {site.Cookie}\r\n\r\n", 0);

    public int Write(Span<byte> into, ReadOnlySpan<byte> value)
    {
        if (value.Length != _valueLength)
        {
            throw new BenchException($"A value of {value.Length} characters where {_valueLength} were expected.");
        }

        _before.CopyTo(into);
        value.CopyTo(into[_before.Length..]);
        return _before.Length + value.Length;
    }
}
