namespace Latchkey.Core.Tokens;

/// <summary>How long things live. The defaults are the ones the documentation states.</summary>
public sealed record TokenLifetimes
{
    // Added to the present, it has to stay a date.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    /// <summary>From the redirect to the token request.</summary>
    public TimeSpan Code { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Linode's two hours.</summary>
    public TimeSpan Access { get; init; } = TimeSpan.FromHours(2);

    /// <summary>A refresh token unused for this long is dead.</summary>
    public TimeSpan RefreshIdle { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The end of a grant, however often it is refreshed.</summary>
    public TimeSpan Grant { get; init; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long after a rotation the previous refresh token still yields the very same successor, so that a lost answer
    /// can be asked for again. Zero to sixty seconds; zero makes every reuse a theft.
    /// </summary>
    public TimeSpan RetryWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Null when the values are usable, otherwise what is wrong with them.</summary>
    public string? Problem()
    {
        if (RetryWindow < TimeSpan.Zero || RetryWindow > TimeSpan.FromSeconds(60))
        {
            return "The retry window is between 0 and 60 seconds.";
        }

        return new[] { Code, Access, RefreshIdle, Grant }.Any(t => t <= TimeSpan.Zero || t > Longest)
            ? "Every lifetime is longer than zero and at most a hundred years."
            : null;
    }
}
