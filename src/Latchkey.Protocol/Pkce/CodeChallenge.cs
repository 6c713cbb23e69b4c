using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Protocol;

/// <summary>What the browser carries of a <see cref="CodeVerifier"/>: its SHA-256, which gives nothing away.</summary>
/// <remarks>RFC 7636 §4.2, method S256 only: exactly 43 characters of base64url.</remarks>
public sealed record CodeChallenge
{
    /// <summary>The only method spoken here.</summary>
    public const string Method = "S256";

    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private CodeChallenge(string text) => Text = text;

    /// <summary>The text on the wire.</summary>
    public string Text { get; }

    /// <summary>The challenge that <paramref name="verifier"/> answers.</summary>
    public static CodeChallenge Of(CodeVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return new(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier.Reveal()))));
    }

    /// <summary>Reads a challenge; false unless it is 43 characters of base64url.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CodeChallenge? challenge)
    {
        challenge = text is { Length: 43 } && !text.AsSpan().ContainsAnyExcept(Base64UrlCharacters) ? new CodeChallenge(text) : null;
        return challenge is not null;
    }

    /// <summary>True when <paramref name="verifier"/> is the one this challenge was made from; constant time.</summary>
    public bool IsAnsweredBy(CodeVerifier verifier) => Secret.Same(Text, Of(verifier).Text);
}
