using Latchkey.Protocol;

namespace Latchkey.Core.Tokens;

/// <summary>What a token says once its seal is proven. Nothing in it is secret; the seal is.</summary>
/// <param name="Kind">What it may be used as.</param>
/// <param name="GrantId">The row it points to.</param>
/// <param name="Generation">The generation of the grant it was born in; a code is born in generation 0.</param>
/// <param name="ExpiresAt">UTC, whole seconds; null for a personal token without end.</param>
/// <param name="Ceiling">Holds an access token below its grant (RFC 6749 §6); null when it reaches as far as the grant.</param>
public readonly record struct TokenContent(
    TokenKind Kind,
    Guid GrantId,
    int Generation,
    DateTimeOffset? ExpiresAt,
    ScopeSet? Ceiling = null)
{
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}
