using Latchkey.Protocol;

namespace Latchkey.Storage.Consents;

/// <summary>What a user has agreed to for one client, as they see it in their list of apps.</summary>
public sealed record RememberedConsent(
    int Id, Guid UserId, string ClientId, string ClientLabel, ScopeSet Scopes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
