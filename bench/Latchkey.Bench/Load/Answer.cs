using System.Text;

namespace Latchkey.Bench.Load;

/// <summary>One HTTP answer as it came over the wire. The bytes are the connection's: valid until its next request.</summary>
internal readonly ref struct Answer(ReadOnlySpan<byte> bytes, int headLength)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Status => ((_bytes[9] - '0') * 100) + ((_bytes[10] - '0') * 10) + (_bytes[11] - '0');

    public ReadOnlySpan<byte> Head { get; } = bytes[..headLength];

    public ReadOnlySpan<byte> Body { get; } = bytes[headLength..];

    /// <summary>A copy of a parameter of the redirect; throws when it has none of that name.</summary>
    public byte[] RedirectParameter(string name)
    {
        var location = Head[(Head.IndexOf("\r\nLocation: "u8) + 2)..];
        location = location[..location.IndexOf((byte)'\r')];
        foreach (var separator in "?&")
        {
            var before = Encoding.ASCII.GetBytes($"{separator}{name}=");
            if (location.IndexOf(before) is >= 0 and var at)
            {
                var value = location[(at + before.Length)..];
                return (value.IndexOf((byte)'&') is >= 0 and var end ? value[..end] : value).ToArray();
            }
        }

        throw Wrong($"{name} is missing");
    }

    /// <summary>What stands after a JSON member's name, indented or not; throws when the member is not there.</summary>
    public ReadOnlySpan<byte> Member(ReadOnlySpan<byte> quotedName)
    {
        var at = Body.IndexOf(quotedName);
        return at >= 0 ? Body[(at + quotedName.Length)..].TrimStart(": "u8) : throw Wrong($"{Encoding.ASCII.GetString(quotedName)} is missing");
    }

    /// <summary>A copy of a JSON text that needs no escaping; throws when it is not there.</summary>
    public byte[] Text(ReadOnlySpan<byte> quotedName)
    {
        var value = Member(quotedName);
        var length = value is [(byte)'"', ..] ? value[1..].IndexOf((byte)'"') : 0;
        return length > 0 ? value.Slice(1, length).ToArray() : throw Wrong($"{Encoding.ASCII.GetString(quotedName)} is not a text");
    }

    public void Expect(bool right, string otherwise)
    {
        if (!right)
        {
            throw Wrong(otherwise);
        }
    }

    private BenchException Wrong(string why) => new($"Wrong answer ({why}):\n{Encoding.UTF8.GetString(_bytes[..Math.Min(_bytes.Length, 1500)])}");
}
