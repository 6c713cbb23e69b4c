using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.LoginServer;
using Latchkey.LoginServer.Health;
using Latchkey.LoginServer.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Latchkey.Cli.Serve;

/// <summary><c>latchkey serve</c>: the login server, until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the login server.");
        foreach (var option in ServeSettings.Options)
        {
            command.Add(option);
        }

        return command.Runs(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, Printer printer, CancellationToken cancellationToken)
    {
        if (DataPlace.Read(parsed, out var problem) is not { } place)
        {
            return printer.Refuse(problem!);
        }

        if (!ServeSettings.TryRead(parsed, out var settings, out problem))
        {
            return printer.Misused(problem);
        }

        if (settings.ReadCertificate() is { } unusable)
        {
            return printer.Refuse(unusable);
        }

        using var sockets = ListeningSockets.Take(settings.Addresses);
        var issuer = settings.Issuer ?? sockets.Addresses[0].Url;
        await using var server = Build(settings, sockets, issuer, place, parsed.GetValue(GlobalOptions.Verbose));
        await server.PrepareAsync(cancellationToken);
        await server.StartAsync(cancellationToken);
        using var signals = new StopSignals();
        Announce(printer, issuer, place.Name);
        await Signals.WaitAsync(cancellationToken);
        if (settings.Drain > TimeSpan.Zero)
        {
            printer.Note($"Not ready for new callers, and stopping in {settings.Drain.TotalSeconds:0} s. Ctrl-C or another SIGTERM stops it now.");
        }

        await server.Services.GetRequiredService<Readiness>().DrainAsync(settings.Drain, signals.AtOnce);
        await server.StopAsync(CancellationToken.None);
        return 0;
    }

    private static WebApplication Build(ServeSettings settings, ListeningSockets sockets, string issuer, DataPlace place, bool verbose) =>
        LoginServerHost.Build(
            sockets,
            server =>
            {
                server.Issuer = issuer;
                server.AnswerMissingScopeAsLinode = settings.MissingScope401;
            },
            place.Configure,
            builder =>
            {
                ServerLogs.Use(builder, verbose);
                TelemetryExport.Use(builder);
                builder.Services.Configure<ProxyOptions>(o => settings.Proxies.ToList().ForEach(o.Trusted.Add));
            },
            settings.Certificates is { } chain
                ? https => https.UseHttps(tls =>
                {
                    tls.ServerCertificate = chain[0];
                    tls.ServerCertificateChain = chain;
                })
                : null);

    private static void Announce(Printer printer, string issuer, string data)
    {
        printer.Note($"Ready at {issuer} with the data in {data}. Ctrl-C stops it.");
        if (printer.IsJson)
        {
            printer.Json(new JsonObject { ["issuer"] = issuer, ["data"] = data });
        }
    }
}
