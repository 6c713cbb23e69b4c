using Latchkey.CloudApi.Linodes.Instances;

namespace Latchkey.CloudApi.Tests.Linodes.Instances;

public sealed class InstanceStatusTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SimulatedDurations Durations = new()
    {
        Provisioning = TimeSpan.FromSeconds(10),
        Booting = TimeSpan.FromSeconds(5),
        Rebooting = TimeSpan.FromSeconds(7),
        ShuttingDown = TimeSpan.FromSeconds(3),
    };

    [Theory]
    [InlineData("CreatedToRun", 0, "provisioning")]
    [InlineData("CreatedToRun", 9, "provisioning")]
    [InlineData("CreatedToRun", 10, "booting")]
    [InlineData("CreatedToRun", 14, "booting")]
    [InlineData("CreatedToRun", 15, "running")]
    [InlineData("CreatedToRun", 1_000_000, "running")]
    [InlineData("CreatedToRest", 9, "provisioning")]
    [InlineData("CreatedToRest", 10, "offline")]
    [InlineData("Boot", 4, "booting")]
    [InlineData("Boot", 5, "running")]
    [InlineData("Reboot", 6, "rebooting")]
    [InlineData("Reboot", 7, "running")]
    [InlineData("Shutdown", 2, "shutting_down")]
    [InlineData("Shutdown", 3, "offline")]
    public void The_state_follows_from_the_last_action_and_the_clock(string action, int seconds, string status) =>
        Assert.Equal(status, InstanceStatus.At(Start.AddSeconds(seconds), Enum.Parse<LastAction>(action), Start, Durations));

    [Fact]
    public void A_clock_that_went_back_breaks_nothing() =>
        Assert.Equal("provisioning", InstanceStatus.At(Start.AddDays(-1), LastAction.CreatedToRun, Start, Durations));

    [Theory]
    [InlineData("offline", "Boot", true)]
    [InlineData("running", "Reboot", true)]
    [InlineData("running", "Shutdown", true)]
    [InlineData("running", "Boot", false)]
    [InlineData("offline", "Reboot", false)]
    [InlineData("offline", "Shutdown", false)]
    [InlineData("provisioning", "Boot", false)]
    [InlineData("booting", "Shutdown", false)]
    [InlineData("shutting_down", "Boot", false)]
    public void Only_a_Linode_at_rest_takes_an_order_that_fits(string status, string wanted, bool allowed) =>
        Assert.Equal(allowed, InstanceStatus.Refusal(status, Enum.Parse<LastAction>(wanted)) is null);
}
