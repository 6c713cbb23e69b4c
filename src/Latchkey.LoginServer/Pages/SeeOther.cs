namespace Latchkey.LoginServer.Pages;

/// <summary>
/// 303: the browser goes on with GET and without the body it posted. 307 and 308 would carry a password along
/// (RFC 9700 §4.12), so they occur nowhere. Unlike the framework's redirect it does not log where to, which may hold a code.
/// </summary>
internal sealed class SeeOther(string url) : IResult
{
    public string Url => url;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
