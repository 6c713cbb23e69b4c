using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Storage.Sessions;

/// <summary>What a session's cookie carries: 256 random bits, of which the database keeps only the hash. Does not print.</summary>
public sealed class SessionKey
{
    private const int Length = 43;

    private readonly string _text;

    private SessionKey(string text) => _text = text;

    public static SessionKey Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>False unless it has the shape of one; whether it is one, the store says.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionKey? key)
    {
        key = text is { Length: Length } && Base64Url.IsValid(text) ? new SessionKey(text) : null;
        return key is not null;
    }

    public string Reveal() => _text;

    public override string ToString() => "SessionKey(redacted)";

    internal byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(_text));
}
