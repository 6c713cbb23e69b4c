namespace Latchkey.LoginServer.Accounts;

/// <summary>How guessing passwords is slowed. The defaults stop guessing, not use: only failures are counted.</summary>
public sealed class LoginThrottleOptions
{
    /// <summary>Failures that one peer may make at once.</summary>
    public int FailuresPerPeer { get; set; } = 30;

    /// <summary>A peer gets one failure back after each such period.</summary>
    public TimeSpan PeerRecovery { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Failures in a row that lock one account, and likewise one browser it is known in.</summary>
    public int FailuresPerAccount { get; set; } = 10;

    /// <summary>How long the lock holds. At most 15 minutes, or locking somebody out becomes a pastime.</summary>
    public TimeSpan AccountLock { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Password checks that run at the same time; each takes a core for a tenth of a second and more.</summary>
    public int ConcurrentChecks { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Password checks that may wait for their turn; more are told to come back.</summary>
    public int WaitingChecks { get; set; } = 64;

    /// <summary>
    /// A failure is answered no sooner than this after it came in, so that the time says nothing about whether the account exists.
    /// </summary>
    public TimeSpan FailureTime { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Longer passwords are refused before any work is spent on them.</summary>
    public int MaxPasswordLength { get; set; } = 256;
}
