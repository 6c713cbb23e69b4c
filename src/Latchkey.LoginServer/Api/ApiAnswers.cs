using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api;

/// <summary>
/// What surrounds every call to the account and profile API: the headers of Linode's API on each answer, refusals and
/// faults too, and preflights, which scripts of any origin may send since no cookie opens anything here.
/// </summary>
internal static class ApiAnswers
{
    /// <summary>Call it first, so that nothing answers without it.</summary>
    public static void UseApiAnswers(this IApplicationBuilder app, bool https) => app.Use((context, next) =>
    {
        if (!IsApi(context))
        {
            return next(context);
        }

        context.Response.OnStarting(() =>
        {
            Write(context.Response.Headers, https);
            return Task.CompletedTask;
        });
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Request.Path = new PathString(ApiPath.WithoutDoubledSlash(context.Request.Path.Value!));   // as a string it would be decoded again
        return next(context);
    });

    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v4") || context.Request.Path.StartsWithSegments("/v4beta");

    private static void Write(IHeaderDictionary headers, bool https)
    {
        headers.TryAdd(ApiHeaders.Scopes, "unknown");
        headers.TryAdd(ApiHeaders.AcceptedScopes, "*");
        foreach (var (name, value) in ApiHeaders.Fixed)
        {
            headers[name] = value;
        }

        if (https)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }
}
