using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>
/// Lets a refresh happen and cuts the connection in place of its answer, the first time each refresh token is shown. The server
/// has rotated, the app does not know: shown again inside the retry window, the token has to yield the very same successor.
/// </summary>
internal sealed partial class DroppedRefreshAnswers(RequestDelegate next)
{
    private const int LongestBody = 64 * 1024;
    private const int MostRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _dropped = [];

    public async Task InvokeAsync(HttpContext context)
    {
        if (await RefreshTokenInAsync(context.Request) is not { } token || !IsFirst(token))
        {
            await next(context);
            return;
        }

        var wire = context.Response.Body;
        using var unsent = new MemoryStream();
        context.Response.Body = unsent;
        await next(context);
        await context.Response.BodyWriter.FlushAsync();
        context.Response.Body = wire;
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            context.Abort();
            return;
        }

        // A refusal changes nothing that could be lost.
        unsent.Position = 0;
        await unsent.CopyToAsync(wire);
    }

    // By its looks, so that it is found in every kind of form that compatible clients send.
    private static async Task<string?> RefreshTokenInAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while (body.Length <= LongestBody && (count = await request.Body.ReadAsync(buffer)) > 0)
        {
            body.Write(buffer, 0, count);
        }

        request.Body.Position = 0;
        return RefreshToken().Match(Encoding.Latin1.GetString(body.ToArray())) is { Success: true } found ? found.Value : null;
    }

    private bool IsFirst(string token)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        lock (_gate)
        {
            if (_dropped.Count >= MostRemembered)
            {
                _dropped.Clear();
            }

            return _dropped.Add(hash);
        }
    }

    [GeneratedRegex("(?<![a-z0-9])lkr[a-z0-9]{32,}", RegexOptions.CultureInvariant)]
    private static partial Regex RefreshToken();
}
