namespace Latchkey.Linode;

/// <summary>What a plan costs, in US dollars.</summary>
public sealed record LinodePrice
{
    /// <summary>For each hour.</summary>
    public decimal? Hourly { get; init; }

    /// <summary>At most, for each month.</summary>
    public decimal? Monthly { get; init; }
}
