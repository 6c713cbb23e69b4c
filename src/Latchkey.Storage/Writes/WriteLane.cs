using System.Diagnostics;
using System.Threading.Channels;
using Latchkey.Storage.Telemetry;

namespace Latchkey.Storage.Writes;

/// <summary>Where writes wait for one commit after another; a turn lies between two.</summary>
internal sealed class WriteLane : IAsyncDisposable, IDisposable
{
    private readonly IGrantBatch _database;
    private readonly StorageTelemetry _telemetry;
    private readonly int _maxBatch;
    private readonly Channel<object> _waiting;
    private readonly List<QueuedWrite> _batch;
    private readonly Task _loop;

    // Spinning for what comes next would take the processor from those who send it.
    private readonly ManualResetEventSlim _arrived = new(initialState: false, spinCount: 0);
    private readonly Action _arrive;

    public WriteLane(IGrantBatch database, StorageTelemetry telemetry, StorageOptions options)
    {
        _database = database;
        _telemetry = telemetry;
        _maxBatch = options.MaxBatch;
        _batch = new List<QueuedWrite>(_maxBatch);
        _arrive = _arrived.Set;
        _waiting = Channel.CreateBounded<object>(new BoundedChannelOptions(options.MaxQueued)
        {
            SingleReader = true,

            // Whoever enqueues wakes the thread itself; without one it would be made to write.
            AllowSynchronousContinuations = database.Blocks,
        });
        using (ExecutionContext.SuppressFlow())
        {
            _loop = database.Blocks
                ? Task.Factory.StartNew(() => RunAsync().GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : Task.Run(RunAsync);
        }
    }

    /// <summary>How many writes and turns have not been taken up yet.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <exception cref="StorageUnavailableException">Too many wait, or it is ending.</exception>
    public void Enqueue(QueuedWrite write) => EnqueueItem(write);

    /// <inheritdoc cref="Enqueue(QueuedWrite)"/>
    public void Enqueue(WriteTurn turn) => EnqueueItem(turn);

    /// <summary>Takes nothing more, and ends when all that waits is answered.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _arrived.Dispose();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _loop.GetAwaiter().GetResult();
        _arrived.Dispose();
    }

    private void EnqueueItem(object item)
    {
        if (!_waiting.Writer.TryWrite(item))
        {
            throw new StorageUnavailableException("Too many writes are waiting, or the server is stopping.");
        }
    }

    // Where commits block, nothing in here is left to another thread: each waits for the disk, and one that answers requests must not.
    private async Task RunAsync()
    {
        while (_database.Blocks ? Wait(_waiting.Reader.WaitToReadAsync()) : await _waiting.Reader.WaitToReadAsync())
        {
            while (_waiting.Reader.TryRead(out var item))
            {
                if (item is QueuedWrite write)
                {
                    _telemetry.Waited(write.Since);
                    _batch.Add(write);
                    if (_batch.Count == _maxBatch)
                    {
                        await CommitAsync();
                    }
                }
                else
                {
                    await CommitAsync();
                    var turn = (WriteTurn)item;
                    _telemetry.Waited(turn.Since);
                    turn.GiveAsync().GetAwaiter().GetResult();
                }
            }

            await CommitAsync();
        }
    }

    private bool Wait(ValueTask<bool> task)
    {
        var waiting = task.GetAwaiter();
        if (!waiting.IsCompleted)
        {
            _arrived.Reset();
            waiting.UnsafeOnCompleted(_arrive);
            _arrived.Wait();
        }

        return waiting.GetResult();
    }

    private async ValueTask CommitAsync()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var since = _telemetry.CommitBegins();
        using var activity = StorageTelemetry.Trace(_batch);
        try
        {
            await _database.ApplyAsync(_batch);
            _telemetry.Committed(_batch.Count, since, failed: false);
            foreach (var write in _batch)
            {
                write.Answer();
            }
        }
#pragma warning disable CA1031 // Whatever broke, no caller may wait for ever or be told that its write happened.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            _telemetry.Committed(_batch.Count, since, failed: true);
            activity?.SetStatus(ActivityStatusCode.Error);
            foreach (var write in _batch)
            {
                write.Fail(new StorageUnavailableException("Nobody knows whether the write was committed: " + broken.Message, broken));
            }
        }
        finally
        {
            _batch.Clear();
        }
    }
}
