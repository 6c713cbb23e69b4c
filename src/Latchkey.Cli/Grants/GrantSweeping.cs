using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.LoginServer.Grants;

namespace Latchkey.Cli.Grants;

/// <summary>What a running server does by itself once a day, now.</summary>
internal static class GrantSweeping
{
    public static Command Create() =>
        new Command("sweep", "Forget the grants that ended more than a week ago. A running server does it once a day.").RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var options = new GrantSweepOptions();
        if (await data.Sweep.SweepNowAsync(options.Keep, options.Every, cancellationToken) is not { } forgotten)
        {
            // How long its tokens live, only a server knows; guessed too short, it would cost people their logins.
            return printer.Refuse("No server has run on this data for a quarter of an hour yet, so how long its tokens live is not known here.");
        }

        if (printer.IsJson)
        {
            printer.Json(new JsonObject { ["grants_forgotten"] = forgotten });
        }
        else
        {
            printer.Line($"{forgotten} ended grants were forgotten.");
        }

        return 0;
    }
}
