using Latchkey.LoginServer.Accounts;
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
        return await antiforgery.IsRequestValidAsync(http) ? await next(context) : await OutdatedAsync(http);
    }

    // A double click on "Log in" sends the second form with the first one's session, for which its token was not made. The person goes
    // on by a button and not by themselves: they may have typed somebody else's name.
    private static async Task<IResult> OutdatedAsync(HttpContext http)
    {
        var session = http.Request.Path == "/login" ? LoginSession.Of(http.User) : null;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return Page.Error(
            "This form is out of date",
            "It was opened before you last logged in or out, or your browser did not send its cookie.",
            session is null ? "Go back, load the page again, and then try once more." : $"You are logged in as {session.Username}.",
            link: session is null ? null : LoginReturn.AfterLogin(LocalUrl.OrHome(form[LoginEndpoint.ReturnUrl])),
            linkText: "Go on");
    }

    // Another port of this host is "same-site", and on a developer's machine anybody's.
    private static bool IsFromElsewhere(string? site) => site is not (null or "" or "same-origin" or "none");
}
