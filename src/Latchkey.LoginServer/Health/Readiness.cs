using Microsoft.Extensions.Hosting;

namespace Latchkey.LoginServer.Health;

/// <summary>Whether this server still wants new callers. On its way out it says no before it stops taking them.</summary>
public sealed class Readiness(IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private volatile bool _isLeaving;

    /// <summary>True from the beginning of a drain, or of a stop without one.</summary>
    public bool IsLeaving => _isLeaving || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>
    /// From now on <c>/health/ready</c> answers 503, and everything else is answered as before: load balancers see it and look
    /// elsewhere, where a server that stopped at once would refuse whom they still send. Then stop the server.
    /// </summary>
    /// <param name="time">How long load balancers are given to notice.</param>
    /// <param name="atOnce">Ends the drain early, without an exception.</param>
    public async Task DrainAsync(TimeSpan time, CancellationToken atOnce)
    {
        _isLeaving = true;
        await Task.Delay(time, clock, atOnce).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
