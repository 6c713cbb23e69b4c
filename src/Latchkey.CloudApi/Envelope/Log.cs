using Microsoft.Extensions.Logging;

namespace Latchkey.CloudApi.Envelope;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A request ended in an error that was not foreseen", EventName = "CloudApiUnhandled")]
    public static partial void Unhandled(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The database stayed locked; the caller was told to try again", EventName = "CloudApiDatabaseBusy")]
    public static partial void DatabaseBusy(ILogger logger, Exception exception);
}
