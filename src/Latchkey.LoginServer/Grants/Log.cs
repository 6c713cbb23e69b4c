namespace Latchkey.LoginServer.Grants;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Count} ended grants were forgotten.", EventName = "GrantsSwept")]
    public static partial void Swept(ILogger log, int count);

    [LoggerMessage(2, LogLevel.Warning, "Ended grants could not be swept; tried again within an hour.", EventName = "SweepFailed")]
    public static partial void SweepFailed(ILogger log, Exception broken);
}
