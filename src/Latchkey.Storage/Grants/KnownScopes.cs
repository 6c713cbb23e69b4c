using System.Collections.Concurrent;
using Latchkey.Protocol;

namespace Latchkey.Storage.Grants;

/// <summary>
/// Sets of scopes by their text. A server's grants repeat a few; the text names its set for good, so this is no cache of a row.
/// </summary>
internal static class KnownScopes
{
    private const int Most = 4096;
    private static readonly ConcurrentDictionary<string, ScopeSet> Known = new(StringComparer.Ordinal);

    public static ScopeSet Of(string text)
    {
        if (Known.TryGetValue(text, out var known))
        {
            return known;
        }

        var scopes = ScopeSet.Parse(text);
        if (Known.Count < Most)
        {
            Known.TryAdd(text, scopes);
        }

        return scopes;
    }
}
