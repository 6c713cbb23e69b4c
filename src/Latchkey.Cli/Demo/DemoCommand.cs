using System.CommandLine;
using Latchkey.Cli.Output;

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

    public static Command Create() =>
        new Command("demo", "Run the login server, the cloud API and the example app. Without --data they forget everything at the end.") { Port, As401 }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Printer printer, CancellationToken cancellationToken)
    {
        var port = parsed.GetValue(Port);
        if (port is < 0 or > ushort.MaxValue - 2)
        {
            return printer.Refuse($"A port lies between 0 and {ushort.MaxValue - 2}.");
        }

        using var sockets = DemoSockets.Take(port);
        using var folder = DemoFolder.Open(parsed.DataDirectory());
        await using var site = await DemoSite.StartAsync(sockets, folder.Path, parsed.GetValue(As401), parsed.GetValue(GlobalOptions.Verbose), cancellationToken);
        site.Announce(printer);
        await Signals.WaitAsync(cancellationToken);
        await site.StopAsync();
        return 0;
    }
}
