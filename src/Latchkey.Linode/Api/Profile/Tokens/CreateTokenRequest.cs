using Latchkey.Protocol;

namespace Latchkey.Linode;

/// <summary>What a personal access token is asked for with, on the wire.</summary>
internal sealed record CreateTokenRequest(string Label, ScopeSet Scopes, DateTimeOffset? Expiry);
