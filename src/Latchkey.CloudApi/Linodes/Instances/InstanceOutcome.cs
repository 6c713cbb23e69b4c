namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>What came of a change: the Linode, or why not; neither when there is no such Linode.</summary>
internal sealed record InstanceOutcome(Instance? Instance, string? Reason, string? Field)
{
    public static InstanceOutcome Done(Instance instance) => new(instance, null, null);

    public static InstanceOutcome Refused(string reason, string? field = null) => new(null, reason, field);
}
