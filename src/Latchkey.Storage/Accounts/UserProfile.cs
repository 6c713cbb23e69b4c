namespace Latchkey.Storage.Accounts;

/// <summary>Who a user is, without anything they log in with.</summary>
public sealed record UserProfile
{
    public required Guid Id { get; init; }

    public required int Uid { get; init; }

    public required string UserName { get; init; }

    public required string Email { get; init; }

    /// <summary>Somebody who may has vouched for the address, or its owner has proven it.</summary>
    public bool EmailConfirmed { get; init; }

    public bool TwoFactorEnabled { get; init; }

    public bool Disabled { get; init; }

    public bool Admin { get; init; }

    public required string Timezone { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
