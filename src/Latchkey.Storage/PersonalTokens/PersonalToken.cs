using Latchkey.Protocol;

namespace Latchkey.Storage.PersonalTokens;

/// <summary>A personal access token as its owner sees it in their list; the token itself was shown once.</summary>
public sealed record PersonalToken(
    int Id, Guid UserId, Guid GrantId, string Label, string FirstCharacters, ScopeSet Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
