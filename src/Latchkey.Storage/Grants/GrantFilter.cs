namespace Latchkey.Storage.Grants;

/// <summary>Which grants to list; what is null does not limit.</summary>
public sealed record GrantFilter
{
    public static readonly GrantFilter All = new();

    public Guid? UserId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Leaves out what is revoked.</summary>
    public bool LivingOnly { get; init; }
}
