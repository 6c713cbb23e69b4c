using System.Collections;
using System.Numerics;

namespace Latchkey.Protocol;

/// <content>The text of a set, read and written, and its scopes one by one.</content>
public readonly partial struct ScopeSet
{
    /// <summary>
    /// Reads scopes separated by spaces or commas, in any order. False when one holds a character no scope may hold;
    /// null and blank text are the empty set.
    /// </summary>
    public static bool TryParse(string? text, out ScopeSet scopes)
    {
        scopes = default;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var found = new List<Scope>();
        foreach (var range in text.AsSpan().SplitAny(' ', ','))
        {
            var word = text.AsSpan(range);
            if (word.IsEmpty)
            {
                continue;
            }

            if (!Scope.TryParse(word, out var scope))
            {
                return false;
            }

            found.Add(scope);
        }

        scopes = Create([.. found]);
        return true;
    }

    /// <summary>Reads scopes separated by spaces or commas.</summary>
    /// <exception cref="FormatException">A scope holds a character no scope may hold.</exception>
    public static ScopeSet Parse(string? text) =>
        TryParse(text, out var scopes) ? scopes : throw new FormatException("Not a list of scope tokens (RFC 6749 §3.3).");

    /// <summary>The scopes in canonical order: identity scopes, <c>*</c>, then families by name.</summary>
    public IEnumerator<Scope> GetEnumerator()
    {
        for (var i = 0; i < IdentityScopes.All.Count; i++)
        {
            if ((_identity & (1 << i)) != 0)
            {
                yield return Scope.Parse(IdentityScopes.All[i]);
            }
        }

        if (_everything)
        {
            yield return Scope.Everything;
        }

        using var named = _named.InOrder.GetEnumerator();
        var more = named.MoveNext();
        for (var bit = 0; bit < ScopeFamilies.Names.Length; bit++)
        {
            var family = ScopeFamilies.Names[bit];
            if ((_read & (1u << bit)) == 0)
            {
                continue;
            }

            for (; more && string.CompareOrdinal(named.Current.Family, family) < 0; more = named.MoveNext())
            {
                yield return named.Current;
            }

            yield return Scope.Of(family, LevelOf(family));
        }

        for (; more; more = named.MoveNext())
        {
            yield return named.Current;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The canonical text, separated by spaces; empty for the empty set.</summary>
    public override string ToString() => _named.IsEmpty ? string.Join(' ', Texts()) : string.Join(' ', this.Select(s => s.Text));

    // Written into every token answer and every introspection; without names of their own the texts are all known beforehand.
    private string[] Texts()
    {
        var texts = new string[Count];
        var next = 0;
        for (uint rest = _identity; rest != 0; rest &= rest - 1)
        {
            texts[next++] = IdentityScopes.All[BitOperations.TrailingZeroCount(rest)];
        }

        if (_everything)
        {
            texts[next++] = Scope.Everything.Text;
        }

        for (var rest = _read; rest != 0; rest &= rest - 1)
        {
            var bit = BitOperations.TrailingZeroCount(rest);
            texts[next++] = ScopeFamilies.TextOf(bit, LevelAt(1u << bit));
        }

        return texts;
    }
}
