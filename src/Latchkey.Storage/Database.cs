using Latchkey.Storage.Examination;

namespace Latchkey.Storage;

/// <summary>The database as a whole: whether it may be used at all.</summary>
public abstract class Database
{
    /// <summary>
    /// Makes the data directory, the database and its schema ready, or refuses and changes nothing. Call it before anything else;
    /// it may be killed at any point and run again, also by several processes at once.
    /// </summary>
    /// <exception cref="StartupException">The surroundings are wrong; the message says what to do.</exception>
    public abstract Task PrepareAsync(CancellationToken cancellationToken = default);

    /// <summary>Why this process writes nothing more until it is started again; null while it writes.</summary>
    public virtual string? WritesEnded => null;

    /// <summary>
    /// What in the database's set-up lets an acknowledged write be lost, each as a sentence with what to change; empty when
    /// nothing does. Says what stands at this moment.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database cannot answer now.</exception>
    public abstract Task<IReadOnlyList<string>> DurabilityWarningsAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks at what <see cref="PrepareAsync"/> would refuse or change, and changes nothing. True when its content can be read.</summary>
    internal abstract Task<bool> ExamineAsync(Findings findings, CancellationToken cancellationToken);
}
