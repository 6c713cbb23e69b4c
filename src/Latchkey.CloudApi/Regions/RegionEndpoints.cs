using Latchkey.CloudApi.Authentication;
using Latchkey.CloudApi.Envelope;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.CloudApi.Regions;

internal static class RegionEndpoints
{
    public static void MapRegions(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/regions", ReadRoutes.GetAndHead, List).Public();
        api.MapMethods("/regions/{id}", ReadRoutes.GetAndHead, View).Public();
    }

    private static Answer List(HttpRequest request) => RegionCatalogue.Fields.List(request, RegionCatalogue.All);

    private static Answer View(string id) => RegionCatalogue.Find(id) is { } region ? Answer.Ok(region) : Answer.NotFound();
}
