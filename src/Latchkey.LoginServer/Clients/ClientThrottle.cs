using System.Collections.Concurrent;
using System.Net;
using Latchkey.LoginServer.Security;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Clients;

/// <summary>
/// Counts failed client authentications per peer and client, on this node alone. The right secret is let in at any time: one of
/// 256 bits is not guessed however often that is tried, and otherwise a stranger behind the same address could lock an app out.
/// </summary>
/// <remarks>RFC 6749 §2.3.1.</remarks>
internal sealed class ClientThrottle(TimeProvider clock, IOptions<ClientThrottleOptions> options)
{
    /// <summary>How many peers with failures are remembered at most.</summary>
    public const int MaxRemembered = 10_000;

    // When all failures will have been given back, one after another, in UTC ticks. A client of null is any that nobody knows:
    // each by itself would let a stranger fill the memory with names.
    private readonly ConcurrentDictionary<Key, long> _until = new();
    private readonly Lock _sweep = new();
    private int _count;

    /// <summary>How many are remembered.</summary>
    public int Remembered => Volatile.Read(ref _count);

    /// <summary>
    /// One more failure with this client, null for one that nobody knows. Zero when it was within the limit; otherwise it is not
    /// counted any more, and the peer has to wait for so long.
    /// </summary>
    public TimeSpan CountFailure(IPAddress? peer, string? clientId)
    {
        var key = new Key(PeerNetwork.Of(peer), clientId);
        var limit = clientId is null ? options.Value.UnknownClients : options.Value.FailuresPerClient;
        var now = clock.GetUtcNow().UtcTicks;
        while (true)
        {
            var known = _until.TryGetValue(key, out var until);
            var owed = known ? Owed(until, now, limit) : 0;
            if (Wait(owed, limit) is var wait && wait > TimeSpan.Zero)
            {
                return wait;
            }

            var next = now + owed + options.Value.Recovery.Ticks;
            if (known ? _until.TryUpdate(key, next, until) : TryAdd(key, next, now))
            {
                return TimeSpan.Zero;
            }
        }
    }

    // No more is ever owed than the limit; what looks like it was counted under a clock that was set back since.
    private long Owed(long until, long now, int limit) => until - now is var left && left > 0 && left <= limit * options.Value.Recovery.Ticks ? left : 0;

    private TimeSpan Wait(long owed, int limit) => new(Math.Max(0, owed - ((limit - 1) * options.Value.Recovery.Ticks)));

    private bool TryAdd(Key key, long until, long now)
    {
        if (!_until.TryAdd(key, until))
        {
            return false;
        }

        if (Interlocked.Increment(ref _count) >= MaxRemembered)
        {
            Sweep(now);
        }

        return true;
    }

    // What is over goes. Where that frees too little, everything does: who fills the memory must not make each failure cost a
    // walk through it.
    private void Sweep(long now)
    {
        lock (_sweep)
        {
            RemoveWhere(until => until <= now);
            if (Remembered > MaxRemembered / 2)
            {
                RemoveWhere(_ => true);
            }
        }
    }

    private void RemoveWhere(Func<long, bool> condition)
    {
        foreach (var (key, until) in _until)
        {
            if (condition(until) && _until.TryRemove(key, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    private readonly record struct Key(string Network, string? ClientId);
}
