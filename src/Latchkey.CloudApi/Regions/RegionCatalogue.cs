using Latchkey.Protocol;


namespace Latchkey.CloudApi.Regions;

internal static class RegionCatalogue
{
    public static readonly IReadOnlyList<Region> All = Catalogue.Read<Region>("regions.json");

    public static readonly FilterFields<Region> Fields = new FilterFields<Region>()
        .Text("id", r => r.Id)
        .Text("label", r => r.Label)
        .Text("country", r => r.Country)
        .Text("status", r => r.Status)
        .Texts("capabilities", r => r.Capabilities);

    public static Region? Find(string id) => All.FirstOrDefault(r => r.Id == id);
}
