namespace Latchkey.Storage.Profiles;

/// <summary>What to change about a user; null leaves a value as it is.</summary>
public sealed record ProfileChange(
    string? Email = null,
    string? Timezone = null,
    bool? EmailNotifications = null,
    string? LishAuthMethod = null,
    IReadOnlyList<string>? AuthorizedKeys = null);
