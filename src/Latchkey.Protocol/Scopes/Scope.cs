using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Protocol;

/// <summary>
/// One scope, as <c>family:level</c> (<c>linodes:read_only</c>), <c>*</c> (every family), an identity scope
/// (<c>openid</c>), or any other scope token, which then means only itself.
/// </summary>
/// <remarks>RFC 6749 §3.3. Equal when the canonical text is equal: <c>linodes</c> is <c>linodes:*</c>.</remarks>
public sealed record Scope
{
    /// <summary>Every family at every level: <c>*</c>. Identity scopes are not part of it.</summary>
    public static readonly Scope Everything = new(ScopeKind.Everything, "*", ScopeLevel.All, "*");

    private Scope(ScopeKind kind, string family, ScopeLevel level, string text)
    {
        Kind = kind;
        Family = family;
        Level = level;
        Text = text;
    }

    /// <summary>The family's name (<c>linodes</c>), <c>*</c> for every family, or the whole text of any other scope.</summary>
    public string Family { get; }

    /// <summary>The level inside the family; <see cref="ScopeLevel.All"/> for scopes that have none.</summary>
    public ScopeLevel Level { get; }

    /// <summary>The canonical text, as it goes over the wire.</summary>
    public string Text { get; }

    internal ScopeKind Kind { get; }

    /// <summary>The scope for one family and level.</summary>
    /// <exception cref="ArgumentException">The family is not a name, or the level is <see cref="ScopeLevel.None"/>.</exception>
    public static Scope Of(string family, ScopeLevel level)
    {
        ArgumentException.ThrowIfNullOrEmpty(family);
        if (!IsFamilyName(family) || level is < ScopeLevel.ReadOnly or > ScopeLevel.All)
        {
            throw new ArgumentException("A family name and a level from ReadOnly to All are needed.", nameof(family));
        }

        return new Scope(ScopeKind.Family, family, level, $"{family}:{LevelText(level)}");
    }

    /// <summary>
    /// Reads one scope token; false when it holds a character no scope may hold (RFC 6749 §3.3), or a comma:
    /// Linode's clients separate scopes with it, so a scope that held one would come back as two.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Scope? scope)
    {
        scope = null;
        if (text.IsEmpty)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is ',' or not ('!' or (>= '#' and <= '[') or (>= ']' and <= '~')))
            {
                return false;
            }
        }

        scope = Read(text);
        return true;
    }

    /// <summary>Reads one scope token.</summary>
    /// <exception cref="FormatException">The text holds a character no scope may hold.</exception>
    public static Scope Parse(string text) =>
        TryParse(text, out var scope) ? scope : throw new FormatException("Not a scope token (RFC 6749 §3.3).");

    /// <summary>The canonical text.</summary>
    public override string ToString() => Text;

    internal static string LevelText(ScopeLevel level) => level switch
    {
        ScopeLevel.ReadOnly => "read_only",
        ScopeLevel.ReadWrite => "read_write",
        _ => "*",
    };

    private static Scope Read(ReadOnlySpan<char> text)
    {
        if (text is "*")
        {
            return Everything;
        }

        if (IdentityScopes.IndexOf(text) >= 0)
        {
            var name = text.ToString();
            return new Scope(ScopeKind.Identity, name, ScopeLevel.All, name);
        }

        var colon = text.IndexOf(':');
        var family = colon < 0 ? text : text[..colon];
        var level = colon < 0 ? ScopeLevel.All : LevelOf(text[(colon + 1)..]);
        if (level != ScopeLevel.None && IsFamilyName(family))
        {
            return Of(family.ToString(), level);
        }

        var other = text.ToString();
        return new Scope(ScopeKind.Opaque, other, ScopeLevel.All, other);
    }

    // The second row is what Linode's never-expiring tokens of old still carry.
    private static ScopeLevel LevelOf(ReadOnlySpan<char> text) => text switch
    {
        "read_only" or "view" => ScopeLevel.ReadOnly,
        "read_write" or "create" or "modify" or "delete" => ScopeLevel.ReadWrite,
        "*" => ScopeLevel.All,
        _ => ScopeLevel.None,
    };

    internal static bool IsFamilyName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-'))
            {
                return false;
            }
        }

        return !text.IsEmpty && IdentityScopes.IndexOf(text) < 0;
    }
}

internal enum ScopeKind
{
    Family,
    Everything,
    Identity,
    Opaque,
}
