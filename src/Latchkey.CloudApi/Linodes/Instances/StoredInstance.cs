using System.ComponentModel.DataAnnotations.Schema;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>A Linode as it is kept. Its root password is not: it was checked, used and forgotten.</summary>
internal sealed class StoredInstance
{
    public int Id { get; set; }

    /// <summary>The <c>sub</c> of the user it belongs to.</summary>
    public required string Owner { get; set; }

    public required string Label { get; set; }

    public required string Group { get; set; }

    public required List<string> Tags { get; set; }

    public required string Region { get; set; }

    public required string Type { get; set; }

    public string? Image { get; set; }

    public int? StackScriptId { get; set; }

    public int AddressSlot { get; set; }

    public Guid HostId { get; set; }

    public bool WatchdogEnabled { get; set; }

    public required Alerts Alerts { get; set; }

    /// <summary>What was last asked of it, and when: its status follows from these and the clock.</summary>
    public LastAction LastAction { get; set; }

    public DateTimeOffset LastActionAt { get; set; }

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset Updated { get; set; }
}

/// <summary>The thresholds above which the owner gets mail.</summary>
[ComplexType]
internal sealed record Alerts(int Cpu, int Io, int NetworkIn, int NetworkOut, int TransferQuota)
{
    public static Alerts For(int vcpus) => new(vcpus * 90, 10_000, 10, 10, 80);
}
