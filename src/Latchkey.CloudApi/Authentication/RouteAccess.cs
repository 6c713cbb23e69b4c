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

    /// <summary>Asks for a living token of a user with this scope. A token of a client alone owns nothing here (RA-11).</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder route, Scope scope) => route
        .RequireScope(scope.Text)
        .AddEndpointFilter(async (invocation, next) =>
            Caller.Find(invocation.HttpContext) is null ? Results.Forbid() : await next(invocation));
}
