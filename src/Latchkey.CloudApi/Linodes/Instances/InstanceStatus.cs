namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>What was last asked of a Linode. Stored by number: add at the end.</summary>
internal enum LastAction
{
    /// <summary>Created, to be running as soon as it can.</summary>
    CreatedToRun,

    /// <summary>Created, to stay off until booted.</summary>
    CreatedToRest,

    Boot,
    Reboot,
    Shutdown,
}

/// <summary>
/// The state of a simulated Linode: a function of what was last asked, when, and the time now. Nothing runs in the
/// background, and a restart of the server changes nothing.
/// </summary>
internal static class InstanceStatus
{
    public const string Running = "running";
    public const string Offline = "offline";
    public const string Provisioning = "provisioning";
    public const string Booting = "booting";
    public const string Rebooting = "rebooting";
    public const string ShuttingDown = "shutting_down";

    public static string At(DateTimeOffset now, LastAction action, DateTimeOffset since, SimulatedDurations durations)
    {
        var passed = now - since;
        return action switch
        {
            LastAction.CreatedToRun when passed < durations.Provisioning => Provisioning,
            LastAction.CreatedToRun => passed < durations.Provisioning + durations.Booting ? Booting : Running,
            LastAction.CreatedToRest => passed < durations.Provisioning ? Provisioning : Offline,
            LastAction.Boot => passed < durations.Booting ? Booting : Running,
            LastAction.Reboot => passed < durations.Rebooting ? Rebooting : Running,
            _ => passed < durations.ShuttingDown ? ShuttingDown : Offline,
        };
    }

    /// <summary>Why a Linode in this state cannot do what is asked, or null when it can.</summary>
    public static string? Refusal(string status, LastAction wanted) => (status, wanted) switch
    {
        (Offline, LastAction.Boot) or (Running, LastAction.Reboot or LastAction.Shutdown) => null,
        (Running, _) => "Linode is already running.",
        (Offline, _) => "Linode is not running.",
        _ => "Linode busy.",   // Linode's own words; its Go client retries on them
    };
}
