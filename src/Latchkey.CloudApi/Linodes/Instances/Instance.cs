using System.Text.Json.Serialization;
using Latchkey.CloudApi.Envelope;
using Latchkey.CloudApi.Linodes.Types;
using Latchkey.CloudApi.Regions;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>A Linode as it goes out.</summary>
internal sealed record Instance(
    int Id, string Label, string Group, IReadOnlyList<string> Tags, string Status, string Type, string Region, string? Image,
    IReadOnlyList<string> Ipv4, string Ipv6, Specs Specs, Alerts Alerts, Backups Backups, string Hypervisor, string HostUuid,
    bool WatchdogEnabled, DateTimeOffset Created, DateTimeOffset Updated)
{
    public static readonly FilterFields<Instance> Fields = new FilterFields<Instance>()
        .Number("id", i => i.Id)
        .Text("label", i => i.Label)
        .Text("group", i => i.Group)
        .Text("image", i => i.Image)
        .Text("region", i => i.Region)
        .Text("type", i => i.Type)
        .Text("created", i => WireJson.Date(i.Created))
        .Text("status", i => i.Status)
        .Texts("ipv4", i => i.Ipv4)
        .Texts("tags", i => i.Tags);

    public static Instance Of(StoredInstance stored, DateTimeOffset now, SimulatedDurations durations)
    {
        var type = TypeCatalogue.Find(stored.Type)!;
        var region = RegionCatalogue.All.Index().First(r => r.Item.Id == stored.Region).Index;
        return new Instance(
            stored.Id, stored.Label, stored.Group, stored.Tags,
            InstanceStatus.At(now, stored.LastAction, stored.LastActionAt, durations),
            stored.Type, stored.Region, stored.Image, [Addresses.V4(stored.AddressSlot)], Addresses.V6(region, stored.Id),
            new Specs(type.Disk, type.Memory, type.Vcpus, type.Gpus, type.Transfer), stored.Alerts, Backups.None,
            "kvm", stored.HostId.ToString(), stored.WatchdogEnabled, stored.Created, stored.Updated);
    }
}

internal sealed record Specs(int Disk, int Memory, int Vcpus, int Gpus, int Transfer);

internal sealed record Backups(bool Enabled, bool Available, BackupSchedule Schedule)
{
    public static readonly Backups None = new(false, false, new BackupSchedule(null, null));

    /// <summary>Left out while there is none: Linode's description allows a date here and nothing else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastSuccessful { get; init; }
}

internal sealed record BackupSchedule(string? Day, string? Window);
