using Latchkey.Core.Grants;

namespace Latchkey.Storage.Model;

/// <summary>
/// The grant table, mapped for its schema and for ending many grants at once. One grant is read and written through
/// <see cref="Grants.IGrantStore"/> only.
/// </summary>
public sealed class GrantRow
{
    public required Guid Id { get; init; }

    public string? ClientId { get; init; }

    public Guid UserId { get; init; }

    public required string Scopes { get; set; }

    public Guid? SessionId { get; init; }

    public string? Resource { get; init; }

    public GrantState State { get; set; }

    public int Generation { get; set; }

    public DateTimeOffset? RotatedAt { get; set; }

    public string? RedirectUri { get; init; }

    public string? CodeChallenge { get; init; }

    public string? Nonce { get; init; }

    public bool Refreshable { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CodeExpiresAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public RevocationReason? RevokedWhy { get; set; }
}
