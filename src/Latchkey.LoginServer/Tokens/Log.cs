namespace Latchkey.LoginServer.Tokens;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A code was redeemed twice by client {ClientId}; grant {GrantId} is revoked.", EventName = "CodeReplayed")]
    public static partial void CodeReplayed(ILogger log, Guid grantId, string clientId);

    [LoggerMessage(2, LogLevel.Warning, "A refresh token was reused by client {ClientId} after the retry window; grant {GrantId} is revoked.", EventName = "RefreshTokenReused")]
    public static partial void RefreshTokenReused(ILogger log, Guid grantId, string clientId);
}
