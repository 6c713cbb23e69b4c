using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Protocol;

namespace Latchkey.Core.Tokens;

/// <summary>
/// The bytes of a token: a three-letter prefix that secret scanners can find, then in lower-case hex the MAC (20 bytes)
/// and what it is over: version (1), kind (1), key id (4), grant id (16), generation (4), expiry (4, seconds since 1970,
/// 0 for none) and the scope ceiling as text (rest). The MAC comes first so that two tokens share nothing beyond the prefix.
/// </summary>
internal static class TokenFormat
{
    public const int PrefixLength = 3;
    public const int MacLength = 20;
    public const int FixedLength = 1 + 1 + 4 + 16 + 4 + 4;
    public const int MaxCeiling = 2048;
    private const byte Version = 1;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    [ThreadStatic]
    private static TokenKey? _macKey;

    [ThreadStatic]
    private static IncrementalHash? _mac;

    /// <summary>The longest text worth decoding; anything longer is refused unread.</summary>
    public const int MaxTextLength = PrefixLength + (2 * (MacLength + FixedLength + MaxCeiling));

    /// <summary>False for a ceiling too long to travel in a token.</summary>
    public static bool Fits(ScopeSet ceiling) => ceiling.ToString().Length < MaxCeiling;

    public static string PrefixOf(TokenKind kind) => kind switch
    {
        TokenKind.AuthorizationCode => "lkc",
        TokenKind.Access => "lka",
        TokenKind.Refresh => "lkr",
        _ => "lkp",
    };

    public static string Write(TokenKey key, in TokenContent content)
    {
        // A leading byte tells a ceiling of nothing at all from no ceiling.
        var ceiling = content.Ceiling is { } scopes ? $"={scopes}" : "";
        if (ceiling.Length > MaxCeiling)
        {
            throw new ArgumentException("The ceiling is too long for a token.", nameof(content));
        }

        Span<byte> bytes = stackalloc byte[MacLength + FixedLength + ceiling.Length];
        var body = bytes[MacLength..];
        body[0] = Version;
        body[1] = (byte)content.Kind;
        BinaryPrimitives.WriteUInt32BigEndian(body[2..], key.Id);
        content.GrantId.TryWriteBytes(body[6..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(body[22..], content.Generation);
        BinaryPrimitives.WriteUInt32BigEndian(body[26..], Expiry(content.ExpiresAt));
        Encoding.ASCII.GetBytes(ceiling, body[FixedLength..]);
        Mac(key, body, bytes[..MacLength]);
        return string.Concat(PrefixOf(content.Kind), Convert.ToHexStringLower(bytes));
    }

    /// <summary>The body, its key id and MAC, unproven; false when the text is not even shaped like a token.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int length, out uint keyId)
    {
        length = 0;
        keyId = 0;
        var hex = text.Length > PrefixLength ? text[PrefixLength..] : default;

        // Upper-case hex would make two texts of one token.
        if (text.Length > MaxTextLength || hex.ContainsAnyExcept(LowerHex)
            || Convert.FromHexString(hex, bytes, out _, out length) != OperationStatus.Done
            || length < MacLength + FixedLength || bytes[MacLength] != Version)
        {
            return false;
        }

        keyId = BinaryPrimitives.ReadUInt32BigEndian(bytes[(MacLength + 2)..]);
        return true;
    }

    public static bool IsSealedBy(TokenKey key, ReadOnlySpan<byte> bytes)
    {
        Span<byte> mac = stackalloc byte[MacLength];
        Mac(key, bytes[MacLength..], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[..MacLength]);
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out TokenContent content)
    {
        var body = bytes[MacLength..];
        var expiry = BinaryPrimitives.ReadUInt32BigEndian(body[26..]);
        ScopeSet ceiling = default;
        var hasCeiling = body.Length > FixedLength;
        content = default;
        if (hasCeiling && !ScopeSet.TryParse(Encoding.ASCII.GetString(body[(FixedLength + 1)..]), out ceiling))
        {
            return false;
        }

        content = new TokenContent(
            (TokenKind)body[1],
            new Guid(body.Slice(6, 16), bigEndian: true),
            BinaryPrimitives.ReadInt32BigEndian(body[22..]),
            expiry == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(expiry),
            hasCeiling ? ceiling : default(ScopeSet?));
        return true;
    }

    // An end outside what four bytes hold must neither wrap around nor read as no end; the grant's row knows it exactly.
    private static uint Expiry(DateTimeOffset? end) => end is { } at ? (uint)Math.Clamp(at.ToUnixTimeSeconds(), 1, uint.MaxValue) : 0;

    // Setting a MAC up costs twice what computing it over a token does, and keys change rarely.
    private static void Mac(TokenKey key, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        if (!ReferenceEquals(_macKey, key))
        {
            _mac?.Dispose();
            _mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Material.Span);
            _macKey = key;
        }

        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _mac!.AppendData(body);
        _mac.GetHashAndReset(full);
        full[..MacLength].CopyTo(mac);
    }
}
