using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Telemetry;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Writes;

/// <summary>
/// The one order in which this process writes. Grant writes that wait together share a commit (one fsync answers many);
/// a management write gets a turn of its own between two commits. First come, first served: neither starves the other.
/// Where the database orders writers itself, new grants have a lane of their own (<see cref="WriteLanes"/>).
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable, IDisposable
{
    private static readonly AsyncLocal<bool> HoldsTurn = new();

    private readonly IGrantBatch _database;
    private readonly StorageTelemetry _telemetry;
    private readonly FewTurns _few;
    private readonly WriteLane _lane;
    private readonly WriteLane? _inserts;
    private readonly WriteLanes? _lanes;

    public WriteQueue(IGrantBatch database, StorageTelemetry telemetry, IOptions<StorageOptions> options)
    {
        _database = database;
        _telemetry = telemetry;
        _few = new FewTurns(options.Value.BusyTimeout);
        _lane = new WriteLane(database, telemetry, options.Value);
        _inserts = database.IsOnlyWriter ? null : new WriteLane(database, telemetry, options.Value);
        _lanes = _inserts is null ? null : new WriteLanes(_inserts, _lane);
        telemetry.WatchQueue(() => Waiting);
    }

    /// <summary>How many writes and turns have not been taken up yet.</summary>
    public int Waiting => _lane.Waiting + (_inserts?.Waiting ?? 0) + _few.Waiting;

    /// <summary>True when the row stood as the write asks, and is now changed, durably. Once queued, a write is not called back.</summary>
    public Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queued = new QueuedWrite(write, audit, _telemetry.Now(), StorageTelemetry.Origin());
        if (_lanes is null)
        {
            _lane.Enqueue(queued);
        }
        else
        {
            _lanes.Enqueue(queued);
        }

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
        _lane.Enqueue(turn);
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
        await _lane.DisposeAsync();
        if (_inserts is not null)
        {
            await _inserts.DisposeAsync();
        }

        End();
    }

    public void Dispose()
    {
        _lane.Dispose();
        _inserts?.Dispose();
        End();
    }

    private void End()
    {
        _database.Dispose();
        _few.Dispose();
    }
}
