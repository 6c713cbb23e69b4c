using System.CommandLine;
using Latchkey.Cli.Output;
using Latchkey.Core.Clients;

namespace Latchkey.Cli.Clients;

internal static class ClientAdd
{
    public static Command Create()
    {
        var command = new Command("add", "Register an app or an API. The secret is printed once.");
        foreach (var option in ClientOptions.All)
        {
            command.Add(option);
        }

        return command.RunsOnData(RunAsync);
    }

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        if (!ClientOptions.TryRead(parsed, out var client, out var problem))
        {
            return printer.Misused(problem);
        }

        var registered = await data.Clients.AddAsync(client, cancellationToken);
        if (ScopeOption.Doubt(client.AllowedScopes) is { } doubt)
        {
            printer.Note(doubt);
        }

        var id = registered.Client.Id;
        return printer.Made(
            () => ClientView.Print(printer, registered),
            $"The client {id} was registered",
            registered.Secret is null ? $"See it by: latchkey client show {id}" : ClientResetSecret.NewOne(id));
    }
}
