using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Authentication;

internal static class ReadRoutes
{
    /// <summary>GET, and HEAD with it: one endpoint, so that HEAD cannot ask for less than GET does.</summary>
    public static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];
}
