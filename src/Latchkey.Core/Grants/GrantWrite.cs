namespace Latchkey.Core.Grants;

/// <summary>
/// One change to one grant, found by its key. The store applies it only if the row stands as the case says; a write
/// that finds it otherwise changes nothing and answers false, and the caller who lost the race reads the row again.
/// </summary>
public abstract record GrantWrite
{
    private GrantWrite(Guid id) => Id = id;

    public Guid Id { get; }

    /// <summary>A new row.</summary>
    public sealed record Insert(Grant Grant) : GrantWrite(Grant.Id);

    /// <summary>pending, generation 0 → active, generation 1, <c>rotated_at</c> and <c>expires_at</c> set.</summary>
    public sealed record Redeem(Guid Id, DateTimeOffset At, DateTimeOffset ExpiresAt) : GrantWrite(Id);

    /// <summary>active at <paramref name="FromGeneration"/> → the next generation, <c>rotated_at</c> set.</summary>
    public sealed record Rotate(Guid Id, int FromGeneration, DateTimeOffset At) : GrantWrite(Id);

    /// <summary>pending or active → revoked. False when it already was, or does not exist.</summary>
    public sealed record Revoke(Guid Id, RevocationReason Why, DateTimeOffset At) : GrantWrite(Id);

    /// <summary>
    /// Takes the row away, if it is still in this state and generation: nothing moves a grant's end without moving one of them.
    /// For what <see cref="GrantRetention"/> lets go only.
    /// </summary>
    public sealed record Forget(Guid Id, GrantState State, int Generation) : GrantWrite(Id);
}
