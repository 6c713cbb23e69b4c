namespace Latchkey.LoginServer.Tokens;

internal static class ClockExtensions
{
    /// <summary>The time in whole milliseconds, as the grant table keeps it: what is computed before the write equals what is read after it.</summary>
    public static DateTimeOffset GetMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
