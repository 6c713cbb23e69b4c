using CsCheck;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Tokens;

/// <summary>Keys and token contents to seal and open.</summary>
internal static class TokenGen
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ScopeSet?> Ceiling = Gen.Frequency(
        (3, Gen.Const(default(ScopeSet?))),
        (1, Gen.Const<ScopeSet?>(ScopeSet.Empty)),
        (4, Gen.OneOf("*", "linodes:read_only", "openid linodes:read_write vpc:read_only", "shops:read_only urn:example:x")
            .Select(t => (ScopeSet?)ScopeSet.Parse(t))));

    private static readonly Gen<DateTimeOffset?> Expiry = Gen.Frequency(
        (1, Gen.Const(default(DateTimeOffset?))),
        (4, Gen.UInt[1, uint.MaxValue].Select(s => (DateTimeOffset?)DateTimeOffset.FromUnixTimeSeconds(s))));

    public static readonly Gen<TokenContent> Content = Gen.Select(
        Gen.Enum<TokenKind>(), Gen.Guid, Gen.Int[0, int.MaxValue], Expiry, Ceiling,
        (kind, id, generation, expiry, ceiling) => new TokenContent(kind, id, generation, expiry, ceiling));

    public static TokenKey Key(uint id, DateTimeOffset? activatedAt = null)
    {
        var material = new byte[32];
        Array.Fill(material, (byte)(id + 100));
        return new TokenKey(id, material, activatedAt ?? Now.AddDays(-1));
    }

    public static KeyRing Ring(params TokenKey[] keys) => new(keys is [] ? [Key(1)] : keys);

    /// <summary>A grant's number n, the same in every run.</summary>
    public static Guid Id(int n) => new(n, 0x1234, 0x7abc, 0x80, 1, 2, 3, 4, 5, 6, 7);
}
