using Latchkey.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Latchkey.LoginServer.Pages;

/// <summary>The answer to a request that has none of its own: a page for people, JSON for programs.</summary>
internal static class ErrorAnswer
{
    private static readonly PathString[] ForPrograms =
        [OAuthPaths.Token, OAuthPaths.Revoke, OAuthPaths.Introspect, "/v4", "/v4beta", "/.well-known"];

    public static Task WriteAsync(HttpContext context) =>
        Array.Exists(ForPrograms, p => context.Request.Path.StartsWithSegments(p))
            ? WriteJsonAsync(context)
            : WritePageAsync(context);

    private static async Task WriteJsonAsync(HttpContext context)
    {
        var error = Error(context.Response.StatusCode);
        var reason = new { reason = error.Description };
        var body = context.Request.Path.StartsWithSegments("/oauth")
            ? new { error = error.Code, error_description = error.Description, errors = new[] { reason } }
            : (object)new { errors = new[] { reason } };

        // Linode's clients compare the content type to the letter, so no charset is added.
        await context.Response.WriteAsJsonAsync(body, body.GetType(), options: null, contentType: "application/json", context.RequestAborted);
    }

    private static OAuthError Error(int status) => status switch
    {
        StatusCodes.Status404NotFound => OAuthErrors.InvalidRequest.Because("Not found"),
        StatusCodes.Status405MethodNotAllowed => OAuthErrors.InvalidRequest.Because("Method Not Allowed"),
        StatusCodes.Status413PayloadTooLarge => OAuthErrors.InvalidRequest.Because("The request is too large."),
        StatusCodes.Status415UnsupportedMediaType => OAuthErrors.InvalidRequest.Because("Send the body in UTF-8 and without a content coding."),
        StatusCodes.Status429TooManyRequests => OAuthErrors.TemporarilyUnavailable.Because("Too many requests"),
        StatusCodes.Status503ServiceUnavailable => OAuthErrors.TemporarilyUnavailable,
        >= 500 => OAuthErrors.ServerError,
        _ => OAuthErrors.InvalidRequest,
    };

    private static Task WritePageAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var (title, explanation, advice) = status switch
        {
            StatusCodes.Status403Forbidden => ("Not allowed", "This request did not come from one of our own pages.", "Go back and try again."),
            StatusCodes.Status404NotFound => ("Page not found", "There is no page at this address.", "Check the address, or go back to where you came from."),
            StatusCodes.Status405MethodNotAllowed => ("Not possible", "This address cannot be used in this way.", "Go back to where you came from."),
            StatusCodes.Status429TooManyRequests => ("Too many attempts", "There were too many failed attempts from your network.", "Wait a minute, then try again."),
            StatusCodes.Status503ServiceUnavailable => ("Back in a moment", "The login server cannot answer just now.", "Wait a few seconds, then try again."),
            >= 500 => ("Something went wrong", "The mistake is ours, not yours.", "Try again; if it stays, ask for help."),
            _ => ("That did not work", "The request was not understood.", "Go back and try again."),
        };
        var page = Page.Error(title, explanation, advice, status, reference: status >= 500 ? context.TraceIdentifier : null);
        return page.ExecuteAsync(context);
    }
}
