using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Latchkey.CloudApi.Envelope;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A request ended in an error that was not foreseen", EventName = "CloudApiUnhandled")]
    public static partial void Unhandled(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "The database stayed locked; the caller was told to try again", EventName = "CloudApiDatabaseBusy")]
    public static partial void DatabaseBusy(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The login server at {Address} gave no answer ({Error}); the caller was told to try again. Is it running?", EventName = "CloudApiLoginServerSilent")]
    public static partial void LoginServerSilent(ILogger logger, Uri address, ForwarderError error);
}
