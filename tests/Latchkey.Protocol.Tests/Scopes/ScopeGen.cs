using CsCheck;

namespace Latchkey.Protocol.Tests.Scopes;

/// <summary>Scopes of every kind, few enough names that two random sets often meet.</summary>
internal static class ScopeGen
{
    private static readonly string[] Words =
    [
        "account", "linodes", "vpc",            // families with a bit of their own
        "shops", "1-2_3",                       // families known by name only
    ];

    public static readonly Gen<Scope> Any = Gen.Frequency(
        (12, Gen.Select(Gen.OneOf(Words), Gen.Enum<ScopeLevel>().Where(l => l != ScopeLevel.None), Scope.Of)),
        (1, Gen.Const(Scope.Everything)),
        (3, Gen.OneOf("openid", "profile", "email", "offline_access").Select(Scope.Parse)),
        (3, Gen.OneOf("urn:example:x", "Linodes:read_only", "linodes:reboot", "openid:read_only").Select(Scope.Parse)));

    public static readonly Gen<ScopeSet> Set = Any.Array[0, 8].Select(s => ScopeSet.Create(s));

    /// <summary>Set and subset of one another more often than two independent ones.</summary>
    public static readonly Gen<(ScopeSet A, ScopeSet B)> Two =
        Gen.Select(Set, Set, Gen.Int[0, 2], (a, b, how) => (a, how == 0 ? b : how == 1 ? a.Union(b) : a.Intersect(b)));

    public static readonly Gen<(ScopeSet A, ScopeSet B, ScopeSet C)> Three = Gen.Select(Set, Set, Set);
}
