using Latchkey.CloudApi.Authentication;
using Latchkey.CloudApi.Envelope;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.CloudApi.Images;

/// <summary>Linode's own images. The simulated cloud makes no private ones, so every list is the public one.</summary>
internal static class ImageEndpoints
{
    public static void MapImages(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/images", ReadRoutes.GetAndHead, List).Public();
        api.MapMethods("/images/{**id}", ReadRoutes.GetAndHead, View).Public();
    }

    private static Answer List(HttpRequest request) => ImageCatalogue.Fields.List(request, ImageCatalogue.All);

    // An image id holds a slash: some clients send it plain, others (Linode's Go client) encoded, and routing leaves %2F as it is.
    private static Answer View(string? id) =>
        ImageCatalogue.Find((id ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)) is { } image ? Answer.Ok(image) : Answer.NotFound();
}
