using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>Puts another state into every redirect that answers an app, as a forged or mixed-up callback would have.</summary>
internal sealed partial class WrongState(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            // Ours are relative; on the way to the login page the request's own state stands escaped inside another parameter.
            var headers = context.Response.Headers;
            if (context.Request.Path.Value is OAuthPaths.Authorize or "/oauth/consent"
                && headers.Location is [{ } location] && location.Contains("://", StringComparison.Ordinal) && !location.StartsWith('/'))
            {
                headers.Location = State().Replace(location, RandomNumberGenerator.GetHexString(32, lowercase: true));
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    [GeneratedRegex("(?<=[?&#]state=)[^&#]*", RegexOptions.CultureInvariant)]
    private static partial Regex State();
}
