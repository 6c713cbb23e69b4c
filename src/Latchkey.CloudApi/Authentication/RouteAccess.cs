using Latchkey.Protocol;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Authentication;

/// <summary>Who may call a route. Every route says one of the two; a test reads the whole table.</summary>
internal static class RouteAccess
{
    /// <summary>Answers without a token, and with one that is good for nothing: Linode's own example sends <c>no-token</c>.</summary>
    public static RouteHandlerBuilder Public(this RouteHandlerBuilder route) => route.AllowAnonymous();

    /// <summary>Asks for a living token of a user with this scope.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, Scope scope) => route
        .RequireScope(scope.Text)
        .WithMetadata(new NeededScope(scope))
        .AddEndpointFilter(async (invocation, next) =>
            Caller.Find(invocation.HttpContext) is null ? OfNobody(invocation.HttpContext) : await next(invocation));

    // A token that stands for a client alone owns nothing here (RA-11). The envelope gives it its words.
    private static IResult OfNobody(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\", error_description=\"The token belongs to no user.\"";
        return Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
