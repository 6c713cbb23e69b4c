using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Latchkey.CloudApi.Limits;

/// <summary>
/// So many requests per window, for one caller. The framework's fixed window does not tell when it ends and runs on its own
/// clock; callers are told when they may come back, so this one does both.
/// </summary>
internal sealed class WindowLimiter(int permits, TimeSpan window, TimeProvider clock) : RateLimiter
{
    private readonly Lock _lock = new();
    private DateTimeOffset _ends;
    private int _used;

    /// <summary>Not null once the window is over: what was counted means nothing any more, and the limiter may be forgotten.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                var over = clock.GetUtcNow() - _ends;
                return over >= TimeSpan.Zero ? over : null;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now >= _ends)
            {
                (_ends, _used) = (now + window, 0);
            }

            var acquired = _used + permitCount <= permits;
            _used += acquired ? permitCount : 0;
            return new Lease(acquired, new RateLimitState(permits, permits - _used, _ends, now));
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private sealed class Lease(bool acquired, RateLimitState state) : RateLimitLease
    {
        public override bool IsAcquired => acquired;

        public override IEnumerable<string> MetadataNames => [RateLimitState.Name.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == RateLimitState.Name.Name ? state : null;
            return metadata is not null;
        }
    }
}

/// <summary>Where a caller stands in its window.</summary>
internal sealed record RateLimitState(int Limit, int Remaining, DateTimeOffset Ends, DateTimeOffset Now)
{
    public static readonly MetadataName<RateLimitState> Name = new("STATE");

    /// <summary>Whole seconds, rounded up: clients read an integer, and one that comes back early is refused again.</summary>
    public int SecondsLeft => Math.Max(1, (int)Math.Ceiling((Ends - Now).TotalSeconds));
}
