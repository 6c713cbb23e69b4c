using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore;

internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "IntrospectionFailed", Level = LogLevel.Error,
        Message = "A token could not be checked for scheme {Scheme}, so the request was answered with 503: {Why}.")]
    public static partial void IntrospectionFailed(ILogger logger, string scheme, string why, Exception exception);

    [LoggerMessage(EventId = 2, EventName = "TokenNotEnded", Level = LogLevel.Warning,
        Message = "A login is over, but its token may still be alive: {Why}")]
    public static partial void TokenNotEnded(ILogger logger, string why, Exception exception);
}
