namespace Latchkey.Bench.Report;

/// <summary>What Latchkey promises: at most so many times the floor's CPU, and what a process may take.</summary>
internal static class Targets
{
    public const double MemoryMegabytes = 200;

    public static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(1.5);

    /// <summary>Memory counts as flat when the second half of the calls adds no more than this: less than a cache, more than the page noise of a GC.</summary>
    public const double FlatMegabytes = 10;

    /// <summary>What a call may cost with millions of grants in the store, beside the empty one; a database server's part included.</summary>
    public const double FullStore = 1.3;

    /// <summary>What a call may cost a node over PostgreSQL, beside one over SQLite.</summary>
    public const double Postgres = 2;

    /// <summary>A store counts as flat when the second half of the refreshes adds no more than this share to it.</summary>
    public const double FlatStore = 0.1;

    /// <summary>In the order in which they are measured.</summary>
    public static readonly IReadOnlyDictionary<string, double> Ratio = new Dictionary<string, double>
    {
        ["authorize"] = 3,
        ["exchange"] = 2,
        ["introspect"] = 1.5,
        ["refresh"] = 2,
        ["revoke"] = 2,
    };
}
