namespace Latchkey.Storage.Model;

/// <summary>What is shown of a personal access token; its life is the grant's.</summary>
public sealed class PersonalTokenRow
{
    public int Id { get; init; }

    public required Guid UserId { get; init; }

    public required Guid GrantId { get; init; }

    public required string Label { get; set; }

    /// <summary>The first 16 characters of the token: prefix and 12 digits of its MAC, too few to use.</summary>
    public required string FirstCharacters { get; init; }

    public required string Scopes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
}
