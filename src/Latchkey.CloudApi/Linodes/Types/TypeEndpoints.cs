using Latchkey.CloudApi.Authentication;
using Latchkey.CloudApi.Envelope;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.CloudApi.Linodes.Types;

internal static class TypeEndpoints
{
    public static void MapLinodeTypes(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/linode/types", ReadRoutes.GetAndHead, List).Public();
        api.MapMethods("/linode/types/{id}", ReadRoutes.GetAndHead, View).Public();
    }

    private static Answer List(HttpRequest request) => TypeCatalogue.Fields.List(request, TypeCatalogue.All);

    private static Answer View(string id) => TypeCatalogue.Find(id) is { } type ? Answer.Ok(type) : Answer.NotFound();
}
