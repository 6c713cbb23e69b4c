using System.Collections.Concurrent;

namespace Latchkey.Protocol;

/// <summary>
/// So many calls per window, for each caller. The framework's fixed window does not tell when it ends and runs on its own
/// clock; Linode's callers are told when they may come back, so this one does both.
/// </summary>
internal sealed class CallWindows(int limit, TimeSpan window, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);
    private long _sweepAt = (clock.GetUtcNow() + window).UtcTicks;

    /// <summary>How many callers are remembered.</summary>
    public int Count => _windows.Count;

    /// <summary>Counts a call, and says where its caller stands.</summary>
    public CallCount Take(string caller)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        while (true)
        {
            var current = _windows.GetOrAdd(caller, static (_, ends) => new Window(ends), now + window);
            lock (current)
            {
                if (now < current.Ends)
                {
                    var allowed = current.Used < limit;
                    current.Used += allowed ? 1 : 0;
                    return new CallCount(allowed, limit, limit - current.Used, current.Ends, now);
                }
            }

            // Over: what was counted means nothing any more, and whoever is first begins anew.
            _windows.TryRemove(new KeyValuePair<string, Window>(caller, current));
        }
    }

    // Once per window, by whoever comes first: callers that have gone take no room.
    private void Sweep(DateTimeOffset now)
    {
        var due = Volatile.Read(ref _sweepAt);
        if (now.UtcTicks < due || Interlocked.CompareExchange(ref _sweepAt, (now + window).UtcTicks, due) != due)
        {
            return;
        }

        foreach (var entry in _windows.Where(w => w.Value.Ends <= now))
        {
            _windows.TryRemove(entry);
        }
    }

    private sealed class Window(DateTimeOffset ends)
    {
        public DateTimeOffset Ends => ends;

        public int Used { get; set; }
    }
}

/// <summary>Where a caller stands in its window.</summary>
internal readonly record struct CallCount(bool Allowed, int Limit, int Remaining, DateTimeOffset Ends, DateTimeOffset Now)
{
    /// <summary>The headers that tell it, as every client of Linode's reads them: whole numbers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers()
    {
        yield return new("X-RateLimit-Limit", $"{Limit}");
        yield return new("X-RateLimit-Remaining", $"{Remaining}");
        yield return new("X-RateLimit-Reset", $"{Ends.ToUnixTimeSeconds()}");
        if (!Allowed)
        {
            // Rounded up: one that comes back early is refused again.
            yield return new("Retry-After", $"{Math.Max(1, (long)Math.Ceiling((Ends - Now).TotalSeconds))}");
        }
    }
}
