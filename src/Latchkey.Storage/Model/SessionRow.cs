namespace Latchkey.Storage.Model;

public sealed class SessionRow
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of what the cookie carries.</summary>
    public required byte[] KeyHash { get; init; }

    public required Guid UserId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public string? Ip { get; set; }

    public string? UserAgent { get; set; }
}
