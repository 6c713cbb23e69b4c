namespace Latchkey.LoginServer.Clients;

/// <summary>How guessing client secrets is slowed. The defaults stop guessing, not use: only failures are counted.</summary>
public sealed class ClientThrottleOptions
{
    /// <summary>Failures that one peer may make at once with one client.</summary>
    public int FailuresPerClient { get; set; } = 30;

    /// <summary>Clients that nobody knows a peer may name at once. More, as there is no secret of theirs to guess.</summary>
    public int UnknownClients { get; set; } = 120;

    /// <summary>A peer gets one failure back after each such period.</summary>
    public TimeSpan Recovery { get; set; } = TimeSpan.FromSeconds(6);
}
