namespace Latchkey.Storage.Writes;

/// <summary>
/// The turns of a process whose database orders writers itself. Only a few go there at once: each takes a connection with it, and
/// those that merely wait would leave none to whoever reads.
/// </summary>
internal sealed class FewTurns(TimeSpan patience) : IDisposable
{
    // One writes; the others stand at the database's lock, so that no round trip lies between two of them.
    internal const int AtOnce = 4;

    private readonly SemaphoreSlim _free = new(AtOnce);
    private int _waiting;

    /// <summary>How many have not got theirs yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <exception cref="StorageUnavailableException">None became free in time.</exception>
    public async Task<WriteTurn> TakeAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            return await _free.WaitAsync(patience, cancellationToken)
                ? new WriteTurn(over: Free)
                : throw new StorageUnavailableException("The writes before this one have taken too long.");
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _free.Dispose();

    private void Free() => _free.Release();
}
