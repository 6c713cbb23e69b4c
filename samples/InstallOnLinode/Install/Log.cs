namespace InstallOnLinode.Install;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The Linode was not created.")]
    public static partial void Refused(ILogger logger, Exception reason);

    [LoggerMessage(LogLevel.Warning, "The access token could not be expired.")]
    public static partial void NotExpired(ILogger logger, Exception reason);
}
