namespace Latchkey.Core.Authorization;

/// <summary>The parameters of one request, every occurrence kept. An empty value counts as left out (OAuth 2.1 §3.1).</summary>
public sealed class AuthorizationParameters
{
    private readonly ILookup<string, string> _values;

    /// <param name="pairs">Query first, then form; a name in both counts twice.</param>
    public AuthorizationParameters(IEnumerable<KeyValuePair<string, string>> pairs) =>
        _values = pairs.ToLookup(p => p.Key, p => p.Value, StringComparer.Ordinal);

    /// <summary>The value, or null when it is missing, empty or sent more than once.</summary>
    public string? this[string name] => IsRepeated(name) ? null : _values[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>True when the parameter was sent more than once, which no parameter may be (RFC 6749 §3.1).</summary>
    public bool IsRepeated(string name) => _values[name].Skip(1).Any();

    internal bool Any(Func<string, bool> condition) => _values.Any(g => g.Any(condition));
}
