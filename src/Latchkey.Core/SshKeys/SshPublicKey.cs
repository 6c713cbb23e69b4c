using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Latchkey.Core.SshKeys;

/// <summary>
/// A public key in OpenSSH's one line: kind, base64 and possibly a comment. The key inside is read to its end, since the line is
/// written into <c>authorized_keys</c> as it is, where options, a second line or a key of another kind would be an opening.
/// </summary>
/// <remarks>RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4; the <c>sk-</c> kinds are OpenSSH's PROTOCOL.u2f.</remarks>
public static class SshPublicKey
{
    /// <summary>The longest line that OpenSSH itself reads.</summary>
    public const int Longest = 8192;

    /// <summary>True for a line that holds exactly one sound public key.</summary>
    public static bool IsKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Longest || text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'))
        {
            return false;
        }

        var parts = text.Trim(' ').Split(' ', 3);
        return parts.Length >= 2 && Bytes(parts[1]) is { } bytes && IsSound(parts[0], new SshBlob(bytes));
    }

    private static bool IsSound(string kind, SshBlob blob) => blob.Text() == kind && kind switch
    {
        "ssh-rsa" => blob.Number(1) && blob.Number(1024),
        "ssh-dss" => blob.Number(1024) && blob.Number(160) && blob.Number(1) && blob.Number(1),
        "ssh-ed25519" => blob.Next() is { Length: 32 },
        "ecdsa-sha2-nistp256" => Point(blob, "nistp256", 32),
        "ecdsa-sha2-nistp384" => Point(blob, "nistp384", 48),
        "ecdsa-sha2-nistp521" => Point(blob, "nistp521", 66),
        "sk-ssh-ed25519@openssh.com" => blob.Next() is { Length: 32 } && blob.Next() is { Length: > 0 },
        "sk-ecdsa-sha2-nistp256@openssh.com" => Point(blob, "nistp256", 32) && blob.Next() is { Length: > 0 },
        _ => false,
    } && blob.IsAtEnd;

    // Uncompressed: OpenSSH writes no other.
    private static bool Point(SshBlob blob, string curve, int size) =>
        blob.Text() == curve && blob.Next() is { } point && point.Length == (2 * size) + 1 && point[0] == 4;

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>What is left of a key's bytes: strings, each after its length (RFC 4251 §5).</summary>
    private sealed class SshBlob(byte[] bytes)
    {
        private int _at;

        public bool IsAtEnd => _at == bytes.Length;

        public byte[]? Next()
        {
            if (bytes.Length - _at < 4)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(_at));
            _at += 4;
            if (length > bytes.Length - _at)
            {
                return null;
            }

            var found = bytes[_at..(_at + (int)length)];
            _at += (int)length;
            return found;
        }

        public string? Text() => Next() is { } text && Ascii.IsValid(text) ? Encoding.ASCII.GetString(text) : null;

        /// <summary>A positive number of at least so many bits, in as few bytes as it takes.</summary>
        public bool Number(int bits)
        {
            var number = Next() ?? [];
            var asFew = number is [> 0 and < 0x80, ..] or [0, >= 0x80, ..];
            return asFew && new BigInteger(number, isUnsigned: true, isBigEndian: true).GetBitLength() >= bits;
        }
    }
}
