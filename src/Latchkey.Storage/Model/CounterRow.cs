namespace Latchkey.Storage.Model;

/// <summary>A whole number under a name, which outlives what it is about.</summary>
public sealed class CounterRow
{
    /// <summary>The last that a user was given. It only grows: what it numbered is never numbered again, even after a deletion.</summary>
    public const string Uid = "uid";

    /// <summary>When ended grants are to be looked for again, in minutes since 1970.</summary>
    public const string SweepDue = "sweep_due";

    /// <summary>The longest life that any server on this data gave an access token, in minutes.</summary>
    public const string LongestAccess = "longest_access";

    /// <summary>The longest time that any server on this data let a refresh token lie unused, in minutes.</summary>
    public const string LongestRefreshIdle = "longest_refresh_idle";

    public required string Name { get; init; }

    public int Value { get; set; }
}
