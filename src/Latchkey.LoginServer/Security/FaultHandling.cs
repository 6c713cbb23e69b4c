using Latchkey.LoginServer.Pages;
using Latchkey.LoginServer.Telemetry;
using Latchkey.Storage;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Security;

/// <summary>
/// The outermost step: security headers on whatever is answered, and the one place where what broke becomes an answer.
/// The person gets a sentence and a number; the log gets the rest.
/// </summary>
internal sealed partial class FaultHandling(RequestDelegate next, IOptions<LoginServerOptions> options, ILogger<FaultHandling> logger)
{
    private readonly bool _https = options.Value.IsHttps;
    private readonly HostString _host = HostString.FromUriComponent(new Uri(options.Value.Issuer));

    public async Task InvokeAsync(HttpContext context)
    {
        // Only the issuer says how people reach this server. Behind a proxy the request itself arrives as plain http; its
        // Host may be empty, or name a port that does not exist, on which the pages would break.
        context.Request.Scheme = _https ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        context.Request.Host = _host;
        SecurityHeaders.Apply(context, _https);
        try
        {
            if (UnreadRequests.Refusal(context.Request) is { } status)
            {
                context.Response.StatusCode = status;
                if (UnreadRequests.IsAmbiguous(context.Request))
                {
                    context.Response.Headers.Connection = "close";
                }
            }
            else
            {
                await next(context);
            }
        }
        catch (Exception broken) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            context.Response.Clear();
            SecurityHeaders.Apply(context, _https);
            context.Response.StatusCode = StatusOf(context, broken);
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
        {
            await ErrorAnswer.WriteAsync(context);
        }

        RequestTraces.Describe(context);
    }

    private int StatusOf(HttpContext context, Exception broken)
    {
        switch (broken)
        {
            case BadHttpRequestException bad:
                return bad.StatusCode;

            // What the form reader throws when a form has too many fields, or one too long.
            case InvalidDataException:
                return StatusCodes.Status400BadRequest;
            case StorageUnavailableException:
                Log.StorageUnavailable(logger, context.TraceIdentifier, broken);
                context.Response.Headers.RetryAfter = "5";
                return StatusCodes.Status503ServiceUnavailable;
            default:
                Log.RequestFailed(logger, context.TraceIdentifier, broken);
                return StatusCodes.Status500InternalServerError;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Request {Reference} failed.")]
        public static partial void RequestFailed(ILogger logger, string reference, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Request {Reference} could not be answered: the store is unavailable.")]
        public static partial void StorageUnavailable(ILogger logger, string reference, Exception exception);
    }
}
