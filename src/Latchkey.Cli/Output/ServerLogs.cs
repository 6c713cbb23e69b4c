using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace Latchkey.Cli.Output;

/// <summary>What a running server says, one line each, on standard error: standard output is for documents.</summary>
internal static class ServerLogs
{
    /// <summary>Uses these logs, and lets the command start and stop the host.</summary>
    public static void Use(WebApplicationBuilder builder, bool verbose)
    {
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.UseUtcTimestamp = true;
            line.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);

        // The framework's own messages at Information name every URL, with the codes in it.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Warns about our own stricter cache headers, at every login page.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Logging.AddFilter("Latchkey", verbose ? LogLevel.Debug : LogLevel.Information);

        // Says at every call without a living token that it had none; public lists are read that way.
        builder.Logging.AddFilter("Latchkey.AspNetCore", verbose ? LogLevel.Debug : LogLevel.Warning);
        builder.Logging.AddFilter("InstallOnLinode", verbose ? LogLevel.Debug : LogLevel.Information);
    }
}
