using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Latchkey.Bench.Load;

/// <summary>One kept-alive HTTP/1.1 connection, one request at a time; it understands just as much HTTP as telling where an answer ends takes.</summary>
internal sealed class Connection : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private readonly byte[] _received = new byte[LargestAnswer];
    private readonly byte[] _request = new byte[8 * 1024];
    private int _length;

    public Connection(IPEndPoint server, int number)
    {
        Number = number;
        Socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(server);
    }

    public int Number { get; }

    public Socket Socket { get; }

    /// <summary>A request is on its way and its answer is not yet complete.</summary>
    public bool IsWaiting { get; private set; }

    public long SentAt { get; private set; }

    /// <summary>Where the next request is written before <see cref="Send"/>.</summary>
    public Span<byte> Request => _request;

    public void Send(int length)
    {
        _length = 0;
        IsWaiting = true;
        SentAt = Stopwatch.GetTimestamp();
        var sent = Socket.Send(_request.AsSpan(0, length));
        if (sent != length)
        {
            throw new BenchException("The server does not read its requests.");
        }
    }

    /// <summary>Reads what has arrived; true when that completes the answer.</summary>
    public bool TryReceive(out Answer answer)
    {
        var read = Socket.Receive(_received.AsSpan(_length));
        if (read == 0)
        {
            throw new BenchException("The server closed a connection that it should have kept open, or answered more than the driver can hold.");
        }

        _length += read;
        var bytes = _received.AsSpan(0, _length);
        var headLength = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (headLength < 4 || !IsComplete(bytes[..headLength], bytes[headLength..]))
        {
            answer = default;
            return false;
        }

        IsWaiting = false;
        answer = new Answer(bytes, headLength);
        return true;
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var at = head.IndexOf("\r\nContent-Length: "u8);
        return at >= 0
            ? Utf8Parser.TryParse(head[(at + 18)..], out int length, out _) && body.Length >= length
            // The other framing Kestrel uses; the last chunk is an empty one.
            : head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0
                ? body.EndsWith("0\r\n\r\n"u8)
                : throw new BenchException("An answer has neither a length nor chunks.");
    }
}
