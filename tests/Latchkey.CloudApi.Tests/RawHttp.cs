using System.Net.Sockets;
using System.Text;

namespace Latchkey.CloudApi.Tests;

/// <summary>A request byte for byte: what no client library would send.</summary>
internal static class RawHttp
{
    public static async Task<(int Status, string Text)> SendAsync(Uri address, string head, byte[]? body = null)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n") + "Host: cloud\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(body ?? []);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        return (text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(text[9..12]) : 0, text);
    }
}
