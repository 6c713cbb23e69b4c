namespace Latchkey.Core.Authorization;

/// <summary>The parameters of one request, every occurrence kept. An empty value counts as left out (OAuth 2.1 §3.1).</summary>
/// <remarks>A class: a record would print the request.</remarks>
public sealed class AuthorizationParameters
{
    // Up to here comparing each with each is cheap; a stranger may send thousands.
    private const int Few = 32;

    // A request has a dozen parameters and is asked for two dozen: walking over them is quicker than hashing them.
    private readonly KeyValuePair<string, string>[] _pairs;

    /// <param name="pairs">Query first, then form; a name in both counts twice.</param>
    public AuthorizationParameters(IEnumerable<KeyValuePair<string, string>> pairs) => _pairs = [.. pairs];

    /// <summary>As they were sent, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>The value, or null when it is missing, empty or sent more than once.</summary>
    public string? this[string name] => Find(name, out var value) == 1 && value is { Length: > 0 } ? value : null;

    /// <summary>True when the parameter was sent more than once, which no parameter may be (RFC 6749 §3.1).</summary>
    public bool IsRepeated(string name) => Find(name, out _) > 1;

    /// <summary>True when any parameter, known here or not, was sent more than once.</summary>
    public bool AnyIsRepeated()
    {
        if (_pairs.Length > Few)
        {
            return _pairs.DistinctBy(p => p.Key, StringComparer.Ordinal).Count() != _pairs.Length;
        }

        for (var i = 1; i < _pairs.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (string.Equals(_pairs[i].Key, _pairs[j].Key, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    internal bool Any(Func<string, bool> condition) => Array.Exists(_pairs, p => condition(p.Value));

    private int Find(string name, out string? value)
    {
        value = null;
        var count = 0;
        foreach (var (key, sent) in _pairs)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
            {
                value = sent;
                count++;
            }
        }

        return count;
    }
}
