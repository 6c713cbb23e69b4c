using Microsoft.Extensions.Options;

namespace InstallOnLinode.Layout;

internal static class SecurityHeaders
{
    /// <summary>No script, nothing from other hosts, no frame around us, no address in a referrer.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var login = app.Services.GetRequiredService<IOptions<InstallOnLinodeOptions>>().Value.LoginServer;

        // A form's redirects count as its action: the order form ends at the login server.
        var policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            + $"form-action 'self' {login.GetLeftPart(UriPartial.Authority)}";
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = context.Request.Path.Value is "/site.css" or "/icon.svg" ? "public, max-age=3600" : "no-store";
            return next(context);
        });
    }
}
