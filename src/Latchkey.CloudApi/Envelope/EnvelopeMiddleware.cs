using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Latchkey.CloudApi.Envelope;

/// <summary>
/// Gives every refusal that left without a body Linode's envelope, whoever refused: routing, authentication, the server or
/// the login server behind the gateway. The one place where exceptions end.
/// </summary>
internal sealed class EnvelopeMiddleware(RequestDelegate next, ILogger<EnvelopeMiddleware> logger)
{
    private const int Busy = 5;
    private const int Locked = 6;

    public async Task InvokeAsync(HttpContext context)
    {
        var status = await RunAsync(context);
        if (context.Response.HasStarted || status < 400 || context.Response.ContentType is not null)
        {
            return;
        }

        await Answer.Error(status, Reasons.For(status)).ExecuteAsync(context);
    }

    private async Task<int> RunAsync(HttpContext context)
    {
        try
        {
            if (IsAmbiguous(context.Request))
            {
                context.Response.Headers.Connection = "close";
                return StatusCodes.Status400BadRequest;
            }

            if (IsCompressed(context.Request))
            {
                return StatusCodes.Status415UnsupportedMediaType;   // nothing here decompresses, so nothing can be made to swell
            }

            await next(context);
            return context.Response.StatusCode;
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return 499;   // nobody is left to read it
        }
        catch (Exception e) when (IsBusy(e))
        {
            Log.DatabaseBusy(logger, e);
            Clear(context);
            context.Response.Headers[HeaderNames.RetryAfter] = "1";
            return StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception e)
        {
            Log.Unhandled(logger, e);
            Clear(context);
            return StatusCodes.Status500InternalServerError;
        }
    }

    private static void Clear(HttpContext context)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
        }
    }

    private static bool IsBusy(Exception e) =>
        (e as SqliteException ?? (e as DbUpdateException)?.InnerException as SqliteException)?.SqliteErrorCode is Busy or Locked;

    // A server in front may have seen it end elsewhere: a length and chunks at once (Kestrel goes by the chunks and renames the
    // length), or codings upon codings (RFC 9112 §6.1, §6.3).
    private static bool IsAmbiguous(HttpRequest request) =>
        request.Headers.ContainsKey("X-Content-Length")
        || (request.Headers.TransferEncoding is { Count: > 0 } codings && !codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase));

    private static bool IsCompressed(HttpRequest request) =>
        request.Headers.ContentEncoding is { Count: > 0 } encoding
        && encoding.Any(e => !string.Equals(e, "identity", StringComparison.OrdinalIgnoreCase));
}
