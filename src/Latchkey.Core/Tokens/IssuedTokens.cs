using Latchkey.Protocol;

namespace Latchkey.Core.Tokens;

/// <summary>What a token request is answered with (RFC 6749 §5.1).</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="ExpiresIn">Its remaining life in whole seconds, rounded down.</param>
/// <param name="RefreshToken">Null when the grant is not refreshable.</param>
/// <param name="Scopes">What the access token reaches.</param>
public sealed record IssuedTokens(AccessToken AccessToken, long ExpiresIn, RefreshToken? RefreshToken, ScopeSet Scopes);
