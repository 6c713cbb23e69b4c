using System.Threading.RateLimiting;
using Latchkey.LoginServer.Security;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Model;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// Counts failed logins per peer, for all nodes together, and lets only a few password checks run at a time on this one, so that
/// a flood of logins leaves the other endpoints their share of the machine.
/// </summary>
internal sealed class LoginThrottle(LoginFailureStore failures, TimeProvider clock, IOptions<LoginThrottleOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _checks = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.ConcurrentChecks,
        QueueLimit = options.Value.WaitingChecks,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    // However many failures meet on however many nodes, a peer owes no more than this.
    private TimeSpan MostOwed => 2 * options.Value.FailuresPerPeer * options.Value.PeerRecovery;

    /// <summary>Zero when the peer may try (again), otherwise how long it has to wait.</summary>
    public async Task<TimeSpan> WaitAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // What is kept is when all its failures will have been given back, one after another. Nodes' clocks may differ a little;
        // whoever owes far too much was counted under a clock that was set back since.
        var until = (await failures.FindAsync(PeerOf(context), cancellationToken))?.Until;
        var owed = until - clock.GetUtcNow() is { } left && left <= 2 * MostOwed ? left : TimeSpan.Zero;
        var wait = owed - ((options.Value.FailuresPerPeer - 1) * options.Value.PeerRecovery);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>One more failure of this peer, as part of the write that records it.</summary>
    public Task CountFailureAsync(LatchkeyDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        var latest = clock.GetUtcNow() + MostOwed;
        return failures.AddAsync(
            db, PeerOf(context), until => until + options.Value.PeerRecovery is var next && next < latest ? next : latest, cancellationToken);
    }

    /// <summary>A turn to check one password; not acquired when too many wait already.</summary>
    public ValueTask<RateLimitLease> TakeTurnAsync(CancellationToken cancellationToken) => _checks.AcquireAsync(1, cancellationToken);

    /// <summary>The answer when no turn was to be had.</summary>
    public static IResult Busy(HttpContext context) => After(context, StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(5));

    /// <summary>The answer to a peer that has to wait.</summary>
    public static IResult ComeBack(HttpContext context, TimeSpan after) => After(context, StatusCodes.Status429TooManyRequests, after);

    public void Dispose() => _checks.Dispose();

    private static IResult After(HttpContext context, int status, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        return Results.StatusCode(status);
    }

    private static string PeerOf(HttpContext context) => "peer " + PeerNetwork.Of(context.Connection.RemoteIpAddress);
}
