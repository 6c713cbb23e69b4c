namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>Which faults there are, and how bad. Nothing goes wrong until one is added.</summary>
public sealed class DeliberateFaultSettings
{
    /// <summary>The faults by the names that people write.</summary>
    public static IReadOnlyDictionary<string, DeliberateFault> Names { get; } = new Dictionary<string, DeliberateFault>(StringComparer.Ordinal)
    {
        ["drop-refresh-answer"] = DeliberateFault.DropRefreshAnswer,
        ["slow"] = DeliberateFault.Slow,
        ["429"] = DeliberateFault.TooManyRequests,
        ["503"] = DeliberateFault.Unavailable,
        ["wrong-state"] = DeliberateFault.WrongState,
        ["deny"] = DeliberateFault.Deny,
    };

    /// <summary>The faults there are.</summary>
    public ISet<DeliberateFault> Faults { get; } = new HashSet<DeliberateFault>();

    /// <summary>How late <see cref="DeliberateFault.Slow"/> is.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// <see cref="DeliberateFault.TooManyRequests"/> and <see cref="DeliberateFault.Unavailable"/> hit one call out of so many, at
    /// least 2; both together take turns.
    /// </summary>
    public int Every { get; set; } = 3;

    /// <summary>What they say in <c>Retry-After</c>, in seconds.</summary>
    public int RetryAfterSeconds { get; set; } = 1;

    /// <summary>What a fault does, in a sentence for whoever switched it on.</summary>
    public string Describe(DeliberateFault fault) => fault switch
    {
        DeliberateFault.DropRefreshAnswer => "the first answer to each refresh is committed, then the connection is cut",
        DeliberateFault.Slow => $"token endpoint, revocation and API answer {Delay.TotalSeconds:0.###} seconds late",
        DeliberateFault.TooManyRequests => Busy(429),
        DeliberateFault.Unavailable => Busy(503),
        DeliberateFault.WrongState => "the browser comes back to the app with another state",
        DeliberateFault.Deny => "every consent is denied without asking",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private string Busy(int status) =>
        $"one in {Every} calls for tokens, and one in {Every} to the API, is answered {status} with Retry-After: {RetryAfterSeconds}";

    internal void Check()
    {
        // Every call refused would leave a retry nothing to find.
        ArgumentOutOfRangeException.ThrowIfLessThan(Every, 2, nameof(Every));
        ArgumentOutOfRangeException.ThrowIfNegative(RetryAfterSeconds, nameof(RetryAfterSeconds));
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero, nameof(Delay));
    }
}
