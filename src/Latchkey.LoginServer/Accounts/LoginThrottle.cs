using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// Counts failed logins per peer, and lets only a few password checks run at a time so that a flood of logins leaves the
/// other endpoints their share of the machine.
/// </summary>
internal sealed class LoginThrottle : IDisposable
{
    private readonly PartitionedRateLimiter<string> _failures;
    private readonly ConcurrencyLimiter _checks;
    private readonly TimeSpan _recovery;

    public LoginThrottle(IOptions<LoginThrottleOptions> options)
    {
        var o = options.Value;
        _recovery = o.PeerRecovery;
        _failures = PartitionedRateLimiter.Create<string, string>(peer => RateLimitPartition.GetTokenBucketLimiter(
            peer,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = o.FailuresPerPeer,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = o.PeerRecovery,
                AutoReplenishment = false,
            }));
        _checks = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = o.ConcurrentChecks,
            QueueLimit = o.WaitingChecks,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Zero when the peer may try (again), otherwise how long it has to wait.</summary>
    public TimeSpan WaitFor(HttpContext context) =>
        _failures.GetStatistics(PeerOf(context)) is { CurrentAvailablePermits: < 1 } ? _recovery : TimeSpan.Zero;

    public void CountFailure(HttpContext context) => _failures.AttemptAcquire(PeerOf(context)).Dispose();

    /// <summary>A turn to check one password; not acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> TakeTurnAsync(CancellationToken cancellationToken) => _checks.AcquireAsync(1, cancellationToken);

    /// <summary>The answer when no turn was to be had.</summary>
    public static IResult Busy(HttpContext context) => After(context, StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(5));

    /// <summary>The answer to a peer that has to wait.</summary>
    public static IResult ComeBack(HttpContext context, TimeSpan after) => After(context, StatusCodes.Status429TooManyRequests, after);

    public void Dispose()
    {
        _failures.Dispose();
        _checks.Dispose();
    }

    private static IResult After(HttpContext context, int status, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        return Results.StatusCode(status);
    }

    // One IPv6 customer has 2^64 addresses, so the network counts, not the address.
    private static string PeerOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
