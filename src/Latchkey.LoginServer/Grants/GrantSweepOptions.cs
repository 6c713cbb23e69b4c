using Latchkey.Core.Grants;

namespace Latchkey.LoginServer.Grants;

/// <summary>When ended grants are taken out of the table.</summary>
public sealed class GrantSweepOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    /// <summary>From the end of one sweep to the beginning of the next, whichever of the servers over one database does it.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long a grant stays after the last of its tokens has expired, for whoever wants to know what became of it; a day or
    /// more. One whose code was never redeemed stays for a day.
    /// </summary>
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Null when the options are usable, otherwise what to change.</summary>
    internal string? Problem() =>
        Keep < GrantRetention.LeastKept || Keep > Longest ? "Ended grants are kept for at least a day and at most a hundred years."
        : Every <= TimeSpan.Zero || Every > Longest ? "Ended grants are swept after some time, and at most after a hundred years."
        : null;
}
