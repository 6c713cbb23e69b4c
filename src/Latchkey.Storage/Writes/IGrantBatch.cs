namespace Latchkey.Storage.Writes;

/// <summary>What each database supplies to the group-commit writer.</summary>
internal interface IGrantBatch : IDisposable
{
    /// <summary>
    /// True when the database takes one writer at a time, so that this process has to give its management writes a turn between
    /// two batches; false when the database orders writers itself, and a few may go there at once.
    /// </summary>
    bool IsOnlyWriter { get; }

    /// <summary>True when <see cref="ApplyAsync"/> blocks its thread while the disk writes: it is then given one of its own.</summary>
    bool Blocks { get; }

    /// <summary>
    /// Applies every write, in order, in one transaction, sets <see cref="QueuedWrite.Applied"/> on each, and returns after the
    /// commit is durable. When it throws, nothing of the batch may be told to have happened.
    /// </summary>
    ValueTask ApplyAsync(IReadOnlyList<QueuedWrite> batch);
}
