using Latchkey.Storage.Model;

namespace Latchkey.Storage.Writes;

/// <summary>
/// Everything that is written besides single grants: each in one transaction that takes its turn with the grant writes.
/// </summary>
public sealed class ManagementWrites
{
    private const int MostRuns = 5;

    private readonly WriteQueue _queue;
    private readonly Func<LatchkeyDbContext> _open;

    internal ManagementWrites(WriteQueue queue, Func<LatchkeyDbContext> open)
    {
        _queue = queue;
        _open = open;
    }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction of its own and commits it; an exception rolls back. Call
    /// <c>SaveChangesAsync</c> inside for tracked changes. Keep it short: every other write waits. Where the database rolled it
    /// back because of another transaction, it is run again.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The store cannot be written now.</exception>
    public async Task<T> RunAsync<T>(Func<LatchkeyDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var turn = await _queue.TakeTurnAsync(cancellationToken);
        WriteQueue.EnterTurn();
        for (var run = 1; ; run++)
        {
            await using var db = _open();
            try
            {
                return await RunAsync(db, work, cancellationToken);
            }
            catch (Exception exception) when (run < MostRuns && db.MayRunAgain(exception))
            {
            }
        }
    }

    private static async Task<T> RunAsync<T>(
        LatchkeyDbContext db, Func<LatchkeyDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await db.BeginAsync(cancellationToken);
        try
        {
            var result = await work(db, cancellationToken);
            await db.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            await db.EndAsync();
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<LatchkeyDbContext, CancellationToken, Task> work, CancellationToken cancellationToken = default) => RunAsync(
        async (db, ct) =>
        {
            await work(db, ct);
            return true;
        },
        cancellationToken);

    /// <summary>A context to read with, outside the queue.</summary>
    internal LatchkeyDbContext OpenForReading() => _open();
}
