using System.Diagnostics;

namespace Latchkey.Core.Tokens;

/// <summary>
/// The keys that seal and open tokens. Which key seals is a function of the moment a token's generation was born, not of
/// the present: a retried refresh yields the same bytes even when a rotation came between.
/// </summary>
public sealed class KeyRing
{
    private readonly TokenKey[] _newestFirst;

    /// <exception cref="ArgumentException">No key, two keys of one id, or a key that is not 256 bits.</exception>
    public KeyRing(IEnumerable<TokenKey> keys)
    {
        _newestFirst = [.. keys.OrderByDescending(k => k.ActivatedAt).ThenByDescending(k => k.Id)];
        if (_newestFirst.Length == 0
            || _newestFirst.DistinctBy(k => k.Id).Count() != _newestFirst.Length
            || _newestFirst.Any(k => k.Material.Length != 32))
        {
            throw new ArgumentException("A key ring needs at least one key, each of 256 bits and with an id of its own.", nameof(keys));
        }
    }

    /// <summary>Seals a token born at <paramref name="bornAt"/>: prefix, MAC and content, matching <c>[a-z0-9]+</c>.</summary>
    public string Seal(in TokenContent content, DateTimeOffset bornAt) => TokenFormat.Write(KeyFor(bornAt), content);

    /// <summary>
    /// Opens a token of one kind. False for anything this server did not seal as that kind, decided without touching the
    /// store. Expiry is left to the caller.
    /// </summary>
    public bool TryOpen(string? text, TokenKind kind, out TokenContent content) =>
        TryOpen(text, out content) && content.Kind == kind;

    /// <summary>Opens a token of whatever kind.</summary>
    public bool TryOpen(string? text, out TokenContent content) => Open(text, out content) == TokenOpening.Opened;

    /// <summary>Opens a token, telling a forged one from one whose key this ring does not hold (yet).</summary>
    public TokenOpening Open(string? text, out TokenContent content)
    {
        content = default;
        if (text is null || text.Length > TokenFormat.MaxTextLength)
        {
            return TokenOpening.Malformed;
        }

        Span<byte> buffer = stackalloc byte[text.Length / 2];
        if (!TokenFormat.TryDecode(text, buffer, out var length, out var keyId))
        {
            return TokenOpening.Malformed;
        }

        if (Find(keyId) is not { } key)
        {
            return TokenOpening.UnknownKey;
        }

        var bytes = buffer[..length];
        return TokenFormat.IsSealedBy(key, bytes)
            && TokenFormat.TryRead(bytes, out content)
            && text.StartsWith(TokenFormat.PrefixOf(content.Kind), StringComparison.Ordinal)
            ? TokenOpening.Opened
            : TokenOpening.Malformed;
    }

    /// <summary>Which key a token names; null for what is not shaped like one. It proves nothing: open the token for that.</summary>
    public static uint? KeyOf(string? text)
    {
        if (text is null || text.Length > TokenFormat.MaxTextLength)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[text.Length / 2];
        return TokenFormat.TryDecode(text, buffer, out _, out var id) ? id : null;
    }

    private TokenKey? Find(uint id)
    {
        foreach (var key in _newestFirst)
        {
            if (key.Id == id)
            {
                return key;
            }
        }

        return null;
    }

    // A clock that went back behind the first key still needs one; the oldest serves.
    private TokenKey KeyFor(DateTimeOffset moment) =>
        Array.Find(_newestFirst, k => k.ActivatedAt <= moment) ?? _newestFirst[^1] ?? throw new UnreachableException();
}
