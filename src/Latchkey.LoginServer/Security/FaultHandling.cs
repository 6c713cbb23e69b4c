using Latchkey.LoginServer.Pages;
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

    public async Task InvokeAsync(HttpContext context)
    {
        // Only the issuer says how people reach this server; behind a proxy the request itself arrives as plain http.
        context.Request.Scheme = _https ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        SecurityHeaders.Apply(context, _https);
        try
        {
            if (BodyCharset.IsUtf8(context.Request.ContentType))
            {
                await next(context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
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
