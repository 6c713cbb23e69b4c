using Latchkey.Protocol;


namespace Latchkey.CloudApi.Linodes.Types;

internal static class TypeCatalogue
{
    public static readonly IReadOnlyList<LinodeType> All = Catalogue.Read<LinodeType>("types.json");

    public static readonly FilterFields<LinodeType> Fields = new FilterFields<LinodeType>()
        .Text("id", t => t.Id)
        .Text("label", t => t.Label)
        .Text("class", t => t.Class)
        .Number("disk", t => t.Disk)
        .Number("gpus", t => t.Gpus)
        .Number("memory", t => t.Memory)
        .Number("network_out", t => t.NetworkOut)
        .Number("transfer", t => t.Transfer)
        .Number("vcpus", t => t.Vcpus);

    public static LinodeType? Find(string id) => All.FirstOrDefault(t => t.Id == id);
}
