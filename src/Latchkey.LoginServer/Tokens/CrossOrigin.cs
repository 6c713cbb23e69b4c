using Latchkey.Core.Clients;
using Latchkey.Storage.Clients;
using Microsoft.Net.Http.Headers;

namespace Latchkey.LoginServer.Tokens;

/// <summary>
/// Lets an app that runs in a browser read the answers of the token and revocation endpoint: from the origins of its own
/// redirect URIs, never from everywhere, and never with the user's cookies. Linode's Cloud Manager calls both this way.
/// </summary>
/// <remarks>RFC 9700 §2.6: the authorization endpoint has none of this.</remarks>
internal static class CrossOrigin
{
    public static void Answer(HttpContext context)
    {
        // Also without an Origin: what a cache keeps must not be given to another asker.
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (OriginOf(context) is { } origin && context.Features.Get<Client>() is { IsActive: true } client && client.RunsAt(origin))
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
        }
    }

    /// <summary>Answers a preflight. It names no client yet, so any active one at that origin will do; the call itself is then held to its own.</summary>
    public static async Task PreflightAsync(HttpContext context, ClientStore clients)
    {
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (OriginOf(context) is { } origin && await clients.AnyRunsAtAsync(origin, context.RequestAborted))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowMethods = HttpMethods.Post;
            headers.AccessControlAllowHeaders = "Authorization, Content-Type";
            headers.AccessControlMaxAge = "600";
        }
    }

    // A piece of an origin would be looked for in every client's addresses, before anybody has said who asks.
    private static string? OriginOf(HttpContext context) =>
        context.Request.Headers.Origin is [{ Length: > 0 and <= 300 } origin] && RedirectOrigins.IsOrigin(origin) ? origin : null;
}
