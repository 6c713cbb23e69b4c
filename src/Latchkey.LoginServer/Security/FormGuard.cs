using Latchkey.LoginServer.Pages;
using Microsoft.AspNetCore.Antiforgery;

namespace Latchkey.LoginServer.Security;

/// <summary>
/// Keeps forms on other sites from acting here: the browser says where a form came from (Fetch Metadata), and the form
/// carries a token that only our page could give it. An Origin header says nothing here: under our own
/// <c>Referrer-Policy: no-referrer</c> it is <c>null</c>.
/// </summary>
/// <remarks>CVE-2014-8144, CVE-2015-9284.</remarks>
internal sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (IsFromElsewhere(http.Request.Headers["Sec-Fetch-Site"]))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        // Also where the form reader would have said so later: without a form there is no token.
        if (!http.Request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        await http.Request.ReadWholeFormAsync(http.RequestAborted);
        return await antiforgery.IsRequestValidAsync(http) ? await next(context) : Outdated();
    }

    private static IResult Outdated() => Page.Error(
        "This form is out of date",
        "It was opened before you last logged in or out, or your browser did not send its cookie.",
        "Go back, load the page again, and then try once more.");

    // Another port of this host is "same-site", and on a developer's machine anybody's.
    private static bool IsFromElsewhere(string? site) => site is not (null or "" or "same-origin" or "none");
}
