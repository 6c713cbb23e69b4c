using System.Diagnostics;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.LoginServer.Telemetry;

/// <summary>
/// Names a request's span by its route. By design there is nothing else: paths and queries carry codes, states and ids, and
/// what a span holds goes to another program.
/// </summary>
/// <remarks>OpenTelemetry semantic conventions for HTTP spans.</remarks>
internal static class RequestTraces
{
    /// <summary>Call it when the answer stands.</summary>
    public static void Describe(HttpContext context)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        var method = MethodOf(context.Request);
        var status = context.Response.StatusCode;
        activity.SetTag("http.request.method", method);
        activity.SetTag("http.response.status_code", status);
        activity.DisplayName = method;
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            activity.SetTag("http.route", route);
            activity.DisplayName = $"{method} {route}";
        }

        if (status >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    // A method may be any word.
    private static string MethodOf(HttpRequest request) => request.Method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH"
        ? request.Method
        : "_OTHER";
}
