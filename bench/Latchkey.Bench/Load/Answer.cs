using System.Text;

namespace Latchkey.Bench.Load;

/// <summary>One HTTP answer as it came over the wire. The bytes are the connection's: valid until its next request.</summary>
internal readonly ref struct Answer(ReadOnlySpan<byte> bytes, int headLength)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Status => ((_bytes[9] - '0') * 100) + ((_bytes[10] - '0') * 10) + (_bytes[11] - '0');

    public ReadOnlySpan<byte> Head { get; } = bytes[..headLength];

    public ReadOnlySpan<byte> Body { get; } = bytes[headLength..];

    /// <summary>A copy of what stands between <paramref name="before"/> and the next <paramref name="end"/>; throws when it is not there.</summary>
    public byte[] Between(ReadOnlySpan<byte> before, byte end)
    {
        var start = _bytes.IndexOf(before);
        var rest = start < 0 ? default : _bytes[(start + before.Length)..];
        var length = rest.IndexOf(end);
        return length > 0 ? rest[..length].ToArray() : throw Wrong($"{Encoding.ASCII.GetString(before)}… is missing");
    }

    public void Expect(int status, ReadOnlySpan<byte> content)
    {
        if (Status != status)
        {
            throw Wrong($"the status is not {status}");
        }

        if (_bytes.IndexOf(content) < 0)
        {
            throw Wrong($"{Encoding.ASCII.GetString(content)} is missing");
        }
    }

    private BenchException Wrong(string why) => new($"Wrong answer ({why}):\n{Encoding.UTF8.GetString(_bytes[..Math.Min(_bytes.Length, 1500)])}");
}
