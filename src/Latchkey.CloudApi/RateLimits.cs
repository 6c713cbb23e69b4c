namespace Latchkey.CloudApi;

/// <summary>How often one caller may call.</summary>
public sealed class RateLimits
{
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests per window with one token, or without a token from one address.</summary>
    public int PerCaller { get; init; } = 60_000;

    /// <summary>Requests per window from one address, whatever tokens they carry: trying tokens costs the same as using one.</summary>
    public int PerAddress { get; init; } = 240_000;
}
