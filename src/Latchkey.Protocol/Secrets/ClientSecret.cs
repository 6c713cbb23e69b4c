using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Protocol;

/// <summary>What a confidential client proves itself with (RFC 6749 §2.3.1).</summary>
public sealed class ClientSecret : Secret
{
    /// <summary>Wraps the text.</summary>
    public ClientSecret(string text)
        : base(text)
    {
    }

    /// <summary>A new secret of 256 random bits: 64 lower-case hex digits, as Linode's are.</summary>
    public static ClientSecret Generate() => new(RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>What is kept of it. One SHA-256 is enough, since nobody chose the 256 bits it hides.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Reveal()));

    /// <summary>True when this secret is the one behind <paramref name="hash"/>; constant time.</summary>
    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash(), hash);
}
