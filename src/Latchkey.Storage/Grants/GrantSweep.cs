using System.Diagnostics;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Storage.Telemetry;

namespace Latchkey.Storage.Grants;

/// <summary>
/// Forgets ended grants, so that the table holds what may still be asked for and not all that ever was. It may be killed at any
/// point and run again, also by several processes at once: each grant goes by a write of its own that finds it unchanged.
/// </summary>
public sealed class GrantSweep
{
    // Each batch is at most one commit, and whoever redeems a code meanwhile waits for one batch and not for all.
    internal const int Batch = 100;

    // Worth a pause. Shorter ones the timer cannot keep.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    private readonly IGrantStore _grants;
    private readonly SweepTurns _turns;
    private readonly TimeProvider _clock;
    private readonly StorageTelemetry _telemetry;

    internal GrantSweep(IGrantStore grants, SweepTurns turns, TimeProvider clock, StorageTelemetry telemetry)
    {
        _grants = grants;
        _turns = turns;
        _clock = clock;
        _telemetry = telemetry;
    }

    /// <summary>Sweeps when it is due: when no server on this data has for that long, and none is at it.</summary>
    /// <param name="own">How long this server's tokens live. It is kept: what was once given a longer life is not forgotten earlier.</param>
    /// <param name="keep">How long a grant stays after its end; not less than <see cref="GrantRetention.LeastKept"/>.</param>
    /// <param name="every">From the end of one sweep to the beginning of the next.</param>
    /// <returns>How many were forgotten; null when it is not due.</returns>
    /// <exception cref="StorageUnavailableException">The store cannot be read or written now; what was forgotten until then is.</exception>
    public async Task<int?> SweepIfDueAsync(TokenLifetimes own, TimeSpan keep, TimeSpan every, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(own);
        return await _turns.TakeAsync(own, every, cancellationToken) is { } longest ? await SweepAsync(longest, keep, every, cancellationToken) : null;
    }

    /// <summary>Sweeps now, with the lives that servers on this data have given their tokens.</summary>
    /// <returns>How many were forgotten; null, and nothing is, when no server has noted yet how long its tokens live.</returns>
    /// <inheritdoc cref="SweepIfDueAsync"/>
    public async Task<int?> SweepNowAsync(TimeSpan keep, TimeSpan every, CancellationToken cancellationToken = default) =>
        await _turns.TakeNowAsync(cancellationToken) is { } longest ? await SweepAsync(longest, keep, every, cancellationToken) : null;

    // Oldest first through the whole table: no index says what has ended. One would have to be written at each refresh, which now
    // changes one row in its place, and a look at everything costs a second in a million rows.
    private async Task<int> SweepAsync(TokenLifetimes longest, TimeSpan keep, TimeSpan every, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, GrantRetention.LeastKept);
        var forgotten = 0;
        var held = _clock.GetUtcNow();
        var worked = Stopwatch.StartNew();
        await foreach (var grants in _grants.ListAsync(GrantFilter.All, cancellationToken).Chunk(Batch).WithCancellation(cancellationToken))
        {
            forgotten += await ForgetAsync(grants, longest, keep);
            if (_clock.GetUtcNow() - held > SweepTurns.Lease / 2)
            {
                await _turns.PutOffAsync(SweepTurns.Lease, cancellationToken);
                held = _clock.GetUtcNow();
            }

            // As long as it worked it rests: at most half of one core, and a disk that is busy already gets more time, not more work.
            if (worked.Elapsed > Breath)
            {
                await Task.Delay(worked.Elapsed, cancellationToken);
                worked.Restart();
            }
        }

        await _turns.PutOffAsync(every, cancellationToken);
        return forgotten;
    }

    private async Task<int> ForgetAsync(Grant[] grants, TokenLifetimes longest, TimeSpan keep)
    {
        var now = _clock.GetUtcNow();
        var writes = grants.Select(g => GrantRetention.Decide(g, longest, keep, now)).OfType<GrantWrite.Forget>();
        var applied = await Task.WhenAll(writes.Select(w => _grants.ApplyAsync(w, audit: null, CancellationToken.None)));

        // False: another process forgot it first, or it is not as it was.
        var forgotten = applied.Count(a => a);
        _telemetry.Swept(forgotten);
        return forgotten;
    }
}
