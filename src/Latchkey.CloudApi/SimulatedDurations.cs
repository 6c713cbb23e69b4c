namespace Latchkey.CloudApi;

/// <summary>How long the simulated cloud takes over things.</summary>
public sealed class SimulatedDurations
{
    public TimeSpan Provisioning { get; init; } = TimeSpan.FromSeconds(8);

    public TimeSpan Booting { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Rebooting { get; init; } = TimeSpan.FromSeconds(6);

    public TimeSpan ShuttingDown { get; init; } = TimeSpan.FromSeconds(4);
}
