using Latchkey.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Latchkey.CloudApi.Envelope;

/// <summary>The headers every answer carries, refusals and forwarded ones too, as Linode sends them.</summary>
internal static class ResponseHeaders
{
    public static void UseResponseHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            Write(context);
            return Task.CompletedTask;
        });

        // No cookie opens anything here, so a stranger's page that calls gets no more than a stranger would (RA-14).
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Request.Path = new PathString(ApiPath.WithoutDoubledSlash(context.Request.Path.Value ?? ""));   // as a string it would be decoded again
        return next(context);
    });

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        // Token checking and the login server say these themselves; where neither was asked, there was no token to speak of.
        headers.TryAdd(ApiHeaders.Scopes, "unknown");
        headers.TryAdd(ApiHeaders.AcceptedScopes, "*");
        foreach (var (name, value) in ApiHeaders.Fixed)
        {
            headers[name] = value;
        }

        headers.Remove(HeaderNames.AccessControlAllowCredentials);
        if (context.Request.IsHttps)
        {
            headers[HeaderNames.StrictTransportSecurity] = "max-age=31536000";
        }
    }
}
