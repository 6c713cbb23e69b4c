using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.Net.Http.Headers;

namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>Answers some calls that there were too many or that nobody is there, and does nothing of what they asked.</summary>
internal sealed class BusyAnswers(RequestDelegate next, DeliberateFaultSettings settings)
{
    private readonly int[] _statuses =
    [
        .. settings.Faults.Contains(DeliberateFault.TooManyRequests) ? [StatusCodes.Status429TooManyRequests] : Array.Empty<int>(),
        .. settings.Faults.Contains(DeliberateFault.Unavailable) ? [StatusCodes.Status503ServiceUnavailable] : Array.Empty<int>(),
    ];

    private uint _calls;

    public Task InvokeAsync(HttpContext context)
    {
        // Both faults take turns, so that between two of them there is always a call that gets through.
        var (round, call) = Math.DivRem(Interlocked.Increment(ref _calls), (uint)settings.Every);
        return call == 0 ? RefuseAsync(context, _statuses[round % _statuses.Length]) : next(context);
    }

    private async Task RefuseAsync(HttpContext context, int status)
    {
        var reason = status == StatusCodes.Status429TooManyRequests ? "Too many requests" : "Service unavailable";
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers[HeaderNames.RetryAfter] = settings.RetryAfterSeconds.ToString();

        // Nothing of the host's own has run yet. An app is tried with the refusal as the API sends it, and a browser app must see
        // the refusal, not a refused preflight.
        var isApi = !context.Request.Path.StartsWithSegments("/oauth");
        if (isApi)
        {
            response.Headers[ApiHeaders.Scopes] = "unknown";
            response.Headers[ApiHeaders.AcceptedScopes] = "*";
            foreach (var (name, value) in ApiHeaders.Fixed)
            {
                response.Headers[name] = value;
            }
        }

        response.Headers[HeaderNames.AccessControlAllowOrigin] = "*";
        response.Headers.Append(HeaderNames.AccessControlExposeHeaders, HeaderNames.RetryAfter);
        await using var writer = new Utf8JsonWriter(response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("errors");
        writer.WriteStartObject();
        writer.WriteString("reason", reason);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (!isApi)
        {
            writer.WriteString(OAuthParameters.Error, "temporarily_unavailable");
            writer.WriteString(OAuthParameters.ErrorDescription, reason);
        }

        writer.WriteEndObject();
    }
}
