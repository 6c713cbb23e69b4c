using System.Collections;
using Latchkey.LoginServer.Telemetry;
using Latchkey.Storage.Telemetry;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Latchkey.Cli.Serve;

/// <summary>
/// Metrics and traces over OTLP, when the environment names a collector in OpenTelemetry's own variables; otherwise nothing
/// is listened to, and nothing is spent on it. Logs stay on standard error.
/// </summary>
internal static class TelemetryExport
{
    private const string Prefix = "OTEL_";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void Use(WebApplicationBuilder builder)
    {
        // The host reads no variables; these, and no others, are for it.
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value))
            .Where(v => v.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary();
        if (string.IsNullOrWhiteSpace(variables.GetValueOrDefault(Endpoint)))
        {
            return;
        }

        builder.Configuration.AddInMemoryCollection(variables);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("latchkey").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter(
                    LoginServerTelemetry.Name, StorageTelemetry.Name,
                    "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddOtlpExporter())
            .WithTracing(traces => traces
                .AddSource("Microsoft.AspNetCore", StorageTelemetry.Name)
                .AddOtlpExporter());
    }
}
