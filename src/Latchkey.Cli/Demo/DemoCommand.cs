using System.CommandLine;
using Latchkey.Cli.Output;
using Latchkey.LoginServer.DeliberateFaults;

namespace Latchkey.Cli.Demo;

/// <summary><c>latchkey demo</c>: login server, cloud API and example app, to look at.</summary>
internal static class DemoCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The login server's port; the API and the app take the next two. 0 takes any three that are free.",
        HelpName = "N",
        DefaultValueFactory = _ => 5080,
    };

    private static readonly Option<bool> As401 = new("--missing-scope-401")
    {
        Description = "Answer a missing scope with 401, as Linode does, instead of 403.",
    };

    private static readonly Option<string[]> Faults = new Option<string[]>("--fault")
    {
        Description = "What shall go wrong on purpose, to see what your app makes of it; may be repeated.",
        HelpName = string.Join('|', DeliberateFaultSettings.Names.Keys),
    }.AcceptOnlyFromAmong([.. DeliberateFaultSettings.Names.Keys]);

    private static readonly Option<int?> TokenLifetime = new("--token-lifetime")
    {
        Description = "How long access tokens live, 1 to 86400 seconds; two hours when left out.",
        HelpName = "SECONDS",
    };

    public static Command Create() =>
        new Command("demo", "Run the login server, the cloud API and the example app. Without --data they forget everything at the end.")
        {
            Port, Faults, TokenLifetime, As401,
        }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Printer printer, CancellationToken cancellationToken)
    {
        var port = parsed.GetValue(Port);
        if (port is < 0 or > ushort.MaxValue - 2)
        {
            return printer.Misused($"A port lies between 0 and {ushort.MaxValue - 2}.");
        }

        if (parsed.GetValue(TokenLifetime) is < 1 or > 86_400)
        {
            return printer.Misused("A token lives 1 to 86400 seconds.");
        }

        if (parsed.GetValue(GlobalOptions.Database) is not null || parsed.GetValue(GlobalOptions.KeyFile) is not null)
        {
            return printer.Misused("The demo keeps its data in a directory, if at all: --data DIR.");
        }

        // Not where the environment says: that is the operator's own server, and the demo brings a user who may do everything.
        var named = parsed.GetValue(GlobalOptions.Data);
        if (named is not null && string.IsNullOrWhiteSpace(named))
        {
            return printer.Misused("--data names no directory.");
        }

        var settings = new DemoSettings
        {
            TokenLifetime = parsed.GetValue(TokenLifetime) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            AnswerMissingScopeAsLinode = parsed.GetValue(As401),
            Verbose = parsed.GetValue(GlobalOptions.Verbose),
        };
        settings.Faults.Faults.UnionWith((parsed.GetValue(Faults) ?? []).Select(name => DeliberateFaultSettings.Names[name]));
        using var sockets = DemoSockets.Take(port);
        using var folder = DemoFolder.Open(named is null ? null : Path.GetFullPath(named));
        await using var site = await DemoSite.StartAsync(sockets, folder.Path, settings, cancellationToken);
        site.Announce(printer);
        await Signals.WaitAsync(cancellationToken);
        await site.StopAsync();
        return 0;
    }
}
