namespace Latchkey.Storage.Audit;

/// <summary>Something that happened, for the operator who asks later. Never holds a secret, nor what a stranger typed.</summary>
public sealed record AuditEvent
{
    /// <summary>Given by the database.</summary>
    public long Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>One of <see cref="AuditKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The user who did it; null for an operator on the command line or a client on its own.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The user it was done to, when that is someone else or nobody acted.</summary>
    public Guid? UserId { get; init; }

    public string? ClientId { get; init; }

    public Guid? GrantId { get; init; }

    public string? Ip { get; init; }

    /// <summary>More about it, by kind: what changed, or the number of the thing in its owner's list.</summary>
    public string? Detail { get; init; }
}
