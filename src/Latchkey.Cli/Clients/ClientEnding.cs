using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Core.Clients;

namespace Latchkey.Cli.Clients;

/// <summary>Stopping a client for a while or for good.</summary>
internal static class ClientEnding
{
    private static readonly Argument<string> Id = ClientCommands.Id();

    public static Command Disable() => new Command("disable", "End a client's grants, and let none begin.") { Id }
        .RunsOnData((parsed, data, printer, cancellationToken) => SetAsync(parsed, data, printer, ClientStatus.Disabled, cancellationToken));

    public static Command Enable() => new Command("enable", "Let a disabled client work again. What was ended stays ended.") { Id }
        .RunsOnData((parsed, data, printer, cancellationToken) => SetAsync(parsed, data, printer, ClientStatus.Active, cancellationToken));

    public static Command Remove() => new Command("remove", "Remove a client and end its grants.") { Id }.RunsOnData(RemoveAsync);

    private static async Task<int> SetAsync(
        ParseResult parsed, LatchkeyData data, Printer printer, ClientStatus status, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(Id);
        if (!await data.Clients.SetStatusAsync(id, status, cancellationToken)
            || await data.Clients.FindAsync(id, cancellationToken) is not { } client)
        {
            return printer.Refuse(ClientCommands.Unknown(id));
        }

        ClientView.Print(printer, client);
        return 0;
    }

    private static async Task<int> RemoveAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(Id);
        if (!await data.Clients.RemoveAsync(id, cancellationToken))
        {
            return printer.Refuse(ClientCommands.Unknown(id));
        }

        if (printer.IsJson)
        {
            printer.Json(new JsonObject { ["id"] = id, ["removed"] = true });
        }
        else
        {
            printer.Line($"Removed {id}.");
        }

        return 0;
    }
}
