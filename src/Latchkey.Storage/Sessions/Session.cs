namespace Latchkey.Storage.Sessions;

/// <summary>A person's being logged in, in one browser.</summary>
public sealed class Session
{
    /// <summary>Names the session in grants and lists; knowing it opens nothing.</summary>
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string UserName { get; init; }

    /// <summary>When the person logged in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? Ip { get; init; }

    public string? UserAgent { get; init; }
}
