using System.Collections.Immutable;

namespace Latchkey.Protocol;

/// <summary>
/// The scopes of a set that have no bit: families that are not known here, and tokens that mean only themselves. At most one of a
/// name, the widest. The default value is none.
/// </summary>
internal readonly struct NamedScopes : IEquatable<NamedScopes>
{
    private static readonly ImmutableSortedDictionary<string, Scope> None = ImmutableSortedDictionary.Create<string, Scope>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, Scope>? _scopes;

    private NamedScopes(ImmutableSortedDictionary<string, Scope>? scopes) => _scopes = scopes is { Count: > 0 } ? scopes : null;

    public bool IsEmpty => _scopes is null;

    public int Count => _scopes?.Count ?? 0;

    /// <summary>By name, in the order of its bytes.</summary>
    public IEnumerable<Scope> InOrder => Scopes.Values;

    private ImmutableSortedDictionary<string, Scope> Scopes => _scopes ?? None;

    public static NamedScopes Of(IEnumerable<Scope> scopes) => default(NamedScopes).With(scopes);

    public ScopeLevel LevelOf(string name) => _scopes is not null && _scopes.TryGetValue(name, out var scope) ? scope.Level : ScopeLevel.None;

    public NamedScopes Union(NamedScopes other) => other._scopes is null ? this : With(other.InOrder);

    /// <summary>What both hold, at the lower of the two levels; <paramref name="everything"/> says that the other one holds every family.</summary>
    public NamedScopes Intersect(NamedScopes other, bool everything)
    {
        if (_scopes is null)
        {
            return default;
        }

        var both = None.ToBuilder();
        foreach (var (name, scope) in _scopes)
        {
            var level = everything && scope.Kind == ScopeKind.Family ? ScopeLevel.All : other.LevelOf(name);
            if (level != ScopeLevel.None)
            {
                both[name] = level < scope.Level ? other.Scopes[name] : scope;
            }
        }

        return new NamedScopes(both.ToImmutable());
    }

    /// <summary>What the other one does not cover, each whole.</summary>
    public NamedScopes Except(NamedScopes other) => Without(s => other.LevelOf(s.Family) >= s.Level);

    public NamedScopes WithoutFamilies() => Without(s => s.Kind == ScopeKind.Family);

    public bool Equals(NamedScopes other) =>
        Count == other.Count && Scopes.All(n => other.Scopes.TryGetValue(n.Key, out var scope) && scope == n.Value);

    public override bool Equals(object? obj) => obj is NamedScopes other && Equals(other);

    public override int GetHashCode() => Count;

    private NamedScopes With(IEnumerable<Scope> scopes)
    {
        var union = Scopes.ToBuilder();
        foreach (var scope in scopes)
        {
            if (!union.TryGetValue(scope.Family, out var there) || there.Level < scope.Level)
            {
                union[scope.Family] = scope;
            }
        }

        return new NamedScopes(union.ToImmutable());
    }

    private NamedScopes Without(Func<Scope, bool> covered) =>
        _scopes is null ? this : new NamedScopes(_scopes.RemoveRange(_scopes.Where(n => covered(n.Value)).Select(n => n.Key)));
}
