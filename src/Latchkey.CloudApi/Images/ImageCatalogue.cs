using Latchkey.CloudApi.Envelope;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Images;

internal static class ImageCatalogue
{
    public static readonly IReadOnlyList<Image> All = Catalogue.Read<Image>("images.json");

    public static readonly FilterFields<Image> Fields = new FilterFields<Image>()
        .Text("id", i => i.Id)
        .Text("label", i => i.Label)
        .Text("vendor", i => i.Vendor)
        .Text("type", i => i.Type)
        .Text("created", i => WireJson.Date(i.Created))
        .Text("status", i => i.Status)
        .Number("size", i => i.Size)
        .Truth("is_public", i => i.IsPublic)
        .Truth("deprecated", i => i.Deprecated);

    public static Image? Find(string id) => All.FirstOrDefault(i => i.Id == id);
}
