using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Latchkey.Protocol;

/// <summary>
/// A set of scopes with Linode's hierarchy: <c>read_only</c> &lt; <c>read_write</c> &lt; <c>*</c> inside a family,
/// <c>*</c> alone above every family. The default value is the empty set. Write one as
/// <c>ScopeSet set = [Scope.Of("linodes", ScopeLevel.ReadOnly)];</c>.
/// </summary>
/// <remarks>
/// RFC 6749 §3.3. Three bit masks hold the levels of the known families (each contained in the one below), so the
/// algebra is a handful of bit operations. Families without a bit, and scope tokens that mean only themselves, are kept
/// by name: they survive a round trip untouched.
/// </remarks>
[CollectionBuilder(typeof(ScopeSet), nameof(Create))]
public readonly partial struct ScopeSet : IEquatable<ScopeSet>, IReadOnlyCollection<Scope>
{
    private readonly uint _read;
    private readonly uint _write;
    private readonly uint _all;
    private readonly byte _identity;
    private readonly bool _everything;
    private readonly NamedScopes _named;

    private ScopeSet(uint read, uint write, uint all, byte identity, bool everything, NamedScopes named)
    {
        // Above every family there is nothing left to say about a family.
        _everything = everything;
        _read = everything ? 0 : read;
        _write = everything ? 0 : write;
        _all = everything ? 0 : all;
        _identity = identity;
        _named = everything ? named.WithoutFamilies() : named;
    }

    /// <summary>No scope at all.</summary>
    public static ScopeSet Empty => default;

    /// <summary><c>*</c>: every family at every level.</summary>
    public static ScopeSet Everything { get; } = Scope.Everything;

    /// <summary>True when no scope is in the set.</summary>
    public bool IsEmpty => (_read | _identity) == 0 && !_everything && _named.IsEmpty;

    /// <summary>True when <c>*</c> is in the set.</summary>
    public bool IsEverything => _everything;

    /// <summary>How many scopes the canonical text names.</summary>
    public int Count =>
        BitOperations.PopCount(_read) + BitOperations.PopCount(_identity) + (_everything ? 1 : 0) + _named.Count;

    /// <summary>A set of one.</summary>
    public static implicit operator ScopeSet(Scope scope) => Create([scope]);

    /// <summary>The same as <see cref="Equals(ScopeSet)"/>.</summary>
    public static bool operator ==(ScopeSet left, ScopeSet right) => left.Equals(right);

    /// <summary>The opposite of <see cref="Equals(ScopeSet)"/>.</summary>
    public static bool operator !=(ScopeSet left, ScopeSet right) => !left.Equals(right);

    /// <summary>The set of these scopes; of two in one family the wider one stays.</summary>
    public static ScopeSet Create(params ReadOnlySpan<Scope> scopes)
    {
        uint read = 0, write = 0, all = 0;
        byte identity = 0;
        var everything = false;
        List<Scope>? named = null;
        foreach (var scope in scopes)
        {
            ArgumentNullException.ThrowIfNull(scope, nameof(scopes));
            var bit = scope.Kind == ScopeKind.Family ? ScopeFamilies.BitOf(scope.Family) : -1;
            if (scope.Kind == ScopeKind.Everything)
            {
                everything = true;
            }
            else if (scope.Kind == ScopeKind.Identity)
            {
                identity |= (byte)(1 << IdentityScopes.IndexOf(scope.Family));
            }
            else if (bit >= 0)
            {
                read |= 1u << bit;
                write |= scope.Level >= ScopeLevel.ReadWrite ? 1u << bit : 0;
                all |= scope.Level >= ScopeLevel.All ? 1u << bit : 0;
            }
            else
            {
                (named ??= []).Add(scope);
            }
        }

        return new ScopeSet(read, write, all, identity, everything, named is null ? default : NamedScopes.Of(named));
    }

    /// <summary>True when everything in <paramref name="other"/> is allowed by this set.</summary>
    public bool Covers(ScopeSet other) => other.Except(this).IsEmpty;

    /// <summary>What either set allows.</summary>
    public ScopeSet Union(ScopeSet other) => new(
        _read | other._read,
        _write | other._write,
        _all | other._all,
        (byte)(_identity | other._identity),
        _everything || other._everything,
        _named.Union(other._named));

    /// <summary>What both sets allow; in a family the lower of the two levels.</summary>
    public ScopeSet Intersect(ScopeSet other)
    {
        if (_everything && !other._everything)
        {
            return other.Intersect(this);
        }

        return new ScopeSet(
            other._everything ? _read : _read & other._read,
            other._everything ? _write : _write & other._write,
            other._everything ? _all : _all & other._all,
            (byte)(_identity & other._identity),
            _everything && other._everything,
            _named.Intersect(other._named, other._everything));
    }

    /// <summary>
    /// The scopes of this set that <paramref name="other"/> does not cover, each whole: <c>linodes:read_write</c> without
    /// <c>linodes:read_only</c> is <c>linodes:read_write</c>. What an app asks for anew is <c>asked.Except(granted)</c>.
    /// </summary>
    public ScopeSet Except(ScopeSet other)
    {
        var more = other._everything ? 0 : (_read & ~other._read) | (_write & ~other._write) | (_all & ~other._all);
        return new ScopeSet(
            _read & more,
            _write & more,
            _all & more,
            (byte)(_identity & ~other._identity),
            _everything && !other._everything,
            (other._everything ? _named.WithoutFamilies() : _named).Except(other._named));
    }

    /// <summary>
    /// What is left of this set when these scopes were refused: of a family that is named there nothing, at whatever level this set
    /// has it. <c>*</c> is as many families as there are names for.
    /// </summary>
    internal ScopeSet Without(ScopeSet refused)
    {
        IEnumerable<Scope> held = _everything && refused.Any(r => r.Kind == ScopeKind.Family)
            ? this.Where(s => s.Kind != ScopeKind.Everything).Concat(ScopeFamilies.Names.Select(n => Scope.Of(n, ScopeLevel.All)))
            : this;
        return Create([.. held.Where(s => !refused.Any(r => r.Family == s.Family || (r.Kind == ScopeKind.Everything && s.Kind == ScopeKind.Family)))]);
    }

    /// <summary>
    /// The part of this set that was asked for: <paramref name="wanted"/> itself when this set covers it, otherwise null,
    /// since a narrower token must not reach further than its grant (RFC 6749 §6).
    /// </summary>
    public ScopeSet? Narrow(ScopeSet wanted) => Covers(wanted) ? wanted : default(ScopeSet?);

    /// <summary>The level this set allows in a family; none for a word that does not name a family (<c>openid</c>).</summary>
    public ScopeLevel LevelOf(string family)
    {
        if (!Scope.IsFamilyName(family))
        {
            return ScopeLevel.None;
        }

        if (_everything)
        {
            return ScopeLevel.All;
        }

        var bit = ScopeFamilies.BitOf(family);
        return bit < 0 ? _named.LevelOf(family) : LevelAt(1u << bit);
    }

    /// <inheritdoc />
    public bool Equals(ScopeSet other) =>
        _read == other._read && _write == other._write && _all == other._all
        && _identity == other._identity && _everything == other._everything
        && _named.Equals(other._named);

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ScopeSet other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_read, _write, _all, _identity, _everything, _named);

    private ScopeLevel LevelAt(uint mask) =>
        (_all & mask) != 0 ? ScopeLevel.All
        : (_write & mask) != 0 ? ScopeLevel.ReadWrite
        : (_read & mask) != 0 ? ScopeLevel.ReadOnly
        : ScopeLevel.None;
}
