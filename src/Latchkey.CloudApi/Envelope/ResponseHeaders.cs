using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Latchkey.CloudApi.Envelope;

/// <summary>The headers every answer carries, refusals and forwarded ones too, as Linode sends them.</summary>
internal static class ResponseHeaders
{
    public const string Scopes = "X-OAuth-Scopes";
    public const string AcceptedScopes = "X-Accepted-OAuth-Scopes";

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

        return next(context);
    });

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        // Token checking and the login server say these themselves; where neither was asked, there was no token to speak of.
        headers.TryAdd(Scopes, "unknown");
        headers.TryAdd(AcceptedScopes, "*");

        headers[HeaderNames.AccessControlAllowOrigin] = "*";
        headers[HeaderNames.AccessControlAllowHeaders] = "Authorization, Origin, X-Requested-With, Content-Type, Accept, X-Filter";
        headers[HeaderNames.AccessControlAllowMethods] = "HEAD, GET, OPTIONS, POST, PUT, DELETE";
        headers[HeaderNames.AccessControlExposeHeaders] = $"{Scopes}, {AcceptedScopes}, X-Status";
        headers.Remove(HeaderNames.AccessControlAllowCredentials);

        headers[HeaderNames.CacheControl] = "private, no-cache, no-store, max-age=0, must-revalidate";
        headers[HeaderNames.Vary] = "Authorization, X-Filter";
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers[HeaderNames.ContentSecurityPolicy] = "default-src 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.IsHttps)
        {
            headers[HeaderNames.StrictTransportSecurity] = "max-age=31536000";
        }
    }
}
