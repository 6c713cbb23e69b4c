using System.Diagnostics;
using System.Threading.Channels;
using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Telemetry;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Writes;

/// <summary>
/// The one order in which this process writes. Grant writes that wait together share a commit (one fsync answers many);
/// a management write gets a turn of its own between two commits. First come, first served: neither starves the other.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable, IDisposable
{
    private static readonly AsyncLocal<bool> HoldsTurn = new();

    private readonly IGrantBatch _database;
    private readonly StorageTelemetry _telemetry;
    private readonly FewTurns _few;
    private readonly int _maxBatch;
    private readonly Channel<object> _waiting;
    private readonly List<QueuedWrite> _batch;
    private readonly Task _loop;

    // Spinning for what comes next would take the processor from those who send it.
    private readonly ManualResetEventSlim _arrived = new(initialState: false, spinCount: 0);
    private readonly Action _arrive;

    public WriteQueue(IGrantBatch database, StorageTelemetry telemetry, IOptions<StorageOptions> options)
    {
        _database = database;
        _telemetry = telemetry;
        _few = new FewTurns(options.Value.BusyTimeout);
        _maxBatch = options.Value.MaxBatch;
        _batch = new List<QueuedWrite>(_maxBatch);
        _arrive = _arrived.Set;
        _waiting = Channel.CreateBounded<object>(new BoundedChannelOptions(options.Value.MaxQueued)
        {
            SingleReader = true,

            // Whoever enqueues wakes the thread itself; without one it would be made to write.
            AllowSynchronousContinuations = database.Blocks,
        });
        telemetry.WatchQueue(() => Waiting);
        using (ExecutionContext.SuppressFlow())
        {
            _loop = database.Blocks
                ? Task.Factory.StartNew(() => RunAsync().GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : Task.Run(RunAsync);
        }
    }

    /// <summary>How many writes and turns have not been taken up yet.</summary>
    public int Waiting => _waiting.Reader.Count + _few.Waiting;

    /// <summary>True when the row stood as the write asks, and is now changed, durably. Once queued, a write is not called back.</summary>
    public Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queued = new QueuedWrite(write, audit, _telemetry.Now(), StorageTelemetry.Origin());
        Enqueue(queued);
        return queued.Task;
    }

    /// <summary>
    /// Waits for a turn; dispose it to let the next one write. Where the database orders writers itself, a few may have theirs
    /// at once.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// Too many wait; or, where a few write at once, none of those before has ended within <see cref="StorageOptions.BusyTimeout"/>.
    /// </exception>
    public async Task<WriteTurn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HoldsTurn.Value)
        {
            // It would wait for itself for ever.
            throw new InvalidOperationException("A management write may not start another one: use the context it was given.");
        }

        var since = _telemetry.Now();
        if (!_database.IsOnlyWriter)
        {
            var few = await _few.TakeAsync(cancellationToken);
            _telemetry.Waited(since);
            return few;
        }

        var turn = new WriteTurn(since);
        Enqueue(turn);
        await using (cancellationToken.UnsafeRegister(static (t, ct) => ((WriteTurn)t!).TryGiveUp(ct), turn))
        {
            await turn.Come;
        }

        return turn;
    }

    /// <summary>Marks the current flow as the holder of the turn, so that a nested wait is an error and not a deadlock.</summary>
    public static void EnterTurn() => HoldsTurn.Value = true;

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        End();
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _loop.GetAwaiter().GetResult();
        End();
    }

    private void End()
    {
        _database.Dispose();
        _few.Dispose();
        _arrived.Dispose();
    }

    private void Enqueue(object item)
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
                write.SetResult(write.Applied);
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
                write.SetException(new StorageUnavailableException("Nobody knows whether the write was committed: " + broken.Message, broken));
            }
        }
        finally
        {
            _batch.Clear();
        }
    }
}
