using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Latchkey.Protocol;

/// <summary>The secret an app keeps while the browser is away, proving that it was the one who sent it.</summary>
/// <remarks>RFC 7636 §4.1: 43 to 128 characters of <c>A-Z a-z 0-9 - . _ ~</c>.</remarks>
public sealed class CodeVerifier : Secret
{
    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private CodeVerifier(string text)
        : base(text)
    {
    }

    /// <summary>A new verifier of 256 random bits (43 characters).</summary>
    public static CodeVerifier Generate() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Reads a verifier; false when the length or a character is not RFC 7636's.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CodeVerifier? verifier)
    {
        verifier = text is { Length: >= 43 and <= 128 } && !text.AsSpan().ContainsAnyExcept(Unreserved) ? new CodeVerifier(text) : null;
        return verifier is not null;
    }
}
