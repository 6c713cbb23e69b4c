using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.CompatibilityTests.Framework;

/// <summary>
/// Sends a request byte for byte as a client writes it, which HttpClient would not: it has its own ideas about a
/// Content-Type without a body, about spelling and about order.
/// </summary>
internal static class Wire
{
    public static async Task<Reply> SendAsync(string method, string url, IEnumerable<(string Name, string Value)> headers, byte[]? body = null)
    {
        // Not the parser of Uri: what stands in the path goes out as it is.
        var start = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
        var (origin, target) = (new Uri(url[..start]), url[start..]);
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {origin.Authority}\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        head.Append(body is null ? "" : $"Content-Length: {body.Length}\r\n").Append("Connection: close\r\n\r\n");
        using var socket = new TcpClient();
        await socket.ConnectAsync(origin.Host, origin.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.ToString()));
        await stream.WriteAsync(body ?? []);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return Parse(answer.ToArray());
    }

    private static Reply Parse(byte[] answer)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        var lines = Encoding.Latin1.GetString(answer, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).GroupBy(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => string.Join(", ", g), StringComparer.OrdinalIgnoreCase);
        var body = answer.AsSpan(end + 4);
        var whole = headers.ContainsKey("Transfer-Encoding") ? Joined(body) : body.ToArray();
        return new Reply(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, whole);
    }

    private static byte[] Joined(ReadOnlySpan<byte> chunks)
    {
        using var whole = new MemoryStream();
        while (true)
        {
            var line = chunks.IndexOf("\r\n"u8);
            var length = int.Parse(Encoding.ASCII.GetString(chunks[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
            {
                return whole.ToArray();
            }

            whole.Write(chunks.Slice(line + 2, length));
            chunks = chunks[(line + 2 + length + 2)..];
        }
    }
}
