using Latchkey.Storage.Telemetry;

namespace Latchkey.Storage.Writes;

/// <summary>The right to write, until disposed: as the only one in this process, or as one of <see cref="FewTurns"/>.</summary>
internal sealed class WriteTurn(long since = 0, Action? over = null) : IDisposable
{
    private readonly TaskCompletionSource<bool> _come = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it was queued, as <see cref="StorageTelemetry.Now"/> said.</summary>
    public long Since => since;

    /// <summary>Completes when it is this one's turn.</summary>
    public Task Come => _come.Task;

    /// <summary>Called by the queue: lets the holder write, and waits until it is done. A waiter who gave up is passed over.</summary>
    public Task GiveAsync() => _come.TrySetResult(true) ? _over.Task : Task.CompletedTask;

    /// <summary>Stops waiting; false when the turn had come already.</summary>
    public bool TryGiveUp(CancellationToken cancellationToken) => _come.TrySetCanceled(cancellationToken);

    public void Refuse(Exception why) => _come.TrySetException(why);

    public void Dispose()
    {
        if (_over.TrySetResult())
        {
            over?.Invoke();
        }
    }
}
