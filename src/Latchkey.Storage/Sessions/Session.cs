namespace Latchkey.Storage.Sessions;

/// <summary>A person's being logged in, in one browser.</summary>
public sealed class Session
{
    /// <summary>Names the session in grants and lists; knowing it opens nothing.</summary>
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The authentication ticket, protected by whoever made it.</summary>
    public required byte[] Ticket { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }
}
