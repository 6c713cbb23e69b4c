namespace Latchkey.Cli.Output;

internal static class Times
{
    /// <summary>UTC, whole seconds: <c>2026-01-31T12:00:00Z</c>.</summary>
    public static string Text(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
