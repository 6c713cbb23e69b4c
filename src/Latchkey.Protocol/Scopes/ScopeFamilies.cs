using System.Collections.Frozen;

namespace Latchkey.Protocol;

/// <summary>
/// The families that have a bit of their own in <see cref="ScopeSet"/>. Any other family works too, by name;
/// the order here is alphabetical because sets are written in it.
/// </summary>
internal static class ScopeFamilies
{
    public static readonly string[] Names =
    [
        "account", "child_account", "databases", "domains", "events", "firewall", "images", "ips", "linodes", "lke",
        "longview", "monitor", "nodebalancers", "object_storage", "stackscripts", "volumes", "vpc",
    ];

    private static readonly FrozenDictionary<string, int> Bits =
        Names.Select((name, i) => (name, i)).ToFrozenDictionary(x => x.name, x => x.i, StringComparer.Ordinal);

    private static readonly string[][] Texts =
    [
        .. Names.Select(name => (string[])[.. new[] { ScopeLevel.ReadOnly, ScopeLevel.ReadWrite, ScopeLevel.All }.Select(l => Scope.Of(name, l).Text)]),
    ];

    /// <summary>The canonical text of a family's scope; the level is not <see cref="ScopeLevel.None"/>.</summary>
    public static string TextOf(int bit, ScopeLevel level) => Texts[bit][(int)level - (int)ScopeLevel.ReadOnly];

    public static int BitOf(string family) => Bits.TryGetValue(family, out var bit) ? bit : -1;
}
