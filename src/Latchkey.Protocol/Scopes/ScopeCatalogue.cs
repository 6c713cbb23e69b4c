using System.Collections.Frozen;

namespace Latchkey.Protocol;

/// <summary>The families of scopes that one login server knows, in words. Linode's are built in.</summary>
public sealed class ScopeCatalogue
{
    // Linode folded these families into account; old clients still ask for them by name.
    private static readonly FrozenSet<string> FoldedIntoAccount =
        FrozenSet.Create(StringComparer.Ordinal, "tokens", "clients", "users", "tickets", "managed");

    private readonly FrozenDictionary<string, ScopeFamily> _families;
    private readonly bool _foldsLegacy;

    /// <summary>A catalogue of one's own.</summary>
    /// <exception cref="ArgumentException">A family is named twice or its name is not one a scope can have.</exception>
    public ScopeCatalogue(IEnumerable<ScopeFamily> families)
        : this([.. families], foldsLegacy: false)
    {
    }

    private ScopeCatalogue(ScopeFamily[] families, bool foldsLegacy)
    {
        foreach (var family in families)
        {
            _ = Scope.Of(family.Name, ScopeLevel.All);
        }

        Families = families;
        _families = families.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _foldsLegacy = foldsLegacy;
    }

    /// <summary>Linode's families.</summary>
    public static ScopeCatalogue Linode { get; } = new([.. LinodeScopeFamilies.All], foldsLegacy: true);

    /// <summary>The families, in the order in which they are shown.</summary>
    public IReadOnlyList<ScopeFamily> Families { get; }

    /// <summary>The family with this name, or null.</summary>
    public ScopeFamily? Find(string family) => _families.GetValueOrDefault(family);

    /// <summary>Linode's legacy families written as today's: <c>tokens:read_only</c> becomes <c>account:read_only</c>.</summary>
    public ScopeSet Modernize(ScopeSet scopes) => !_foldsLegacy || !scopes.Any(s => FoldedIntoAccount.Contains(s.Family))
        ? scopes
        : ScopeSet.Create([.. scopes.Select(s => FoldedIntoAccount.Contains(s.Family) ? Scope.Of("account", s.Level) : s)]);

    /// <summary>The scopes of the set that this server has no meaning for; empty when all are known.</summary>
    public ScopeSet Unknown(ScopeSet scopes) => ScopeSet.Create([.. scopes.Where(s => !Knows(s))]);

    private bool Knows(Scope scope) => scope.Kind switch
    {
        ScopeKind.Family => _families.ContainsKey(scope.Family),
        ScopeKind.Opaque => false,
        _ => true,
    };
}
