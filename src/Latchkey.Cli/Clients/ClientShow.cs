using System.CommandLine;

namespace Latchkey.Cli.Clients;

internal static class ClientShow
{
    private static readonly Argument<string> Id = ClientCommands.Id();

    public static Command Create() => new Command("show", "Show one client.") { Id }.RunsOnData(async (parsed, data, printer, cancellationToken) =>
    {
        var id = parsed.GetRequiredValue(Id);
        if (await data.Clients.FindAsync(id, cancellationToken) is not { } client)
        {
            return printer.Refuse(ClientCommands.Unknown(id));
        }

        ClientView.Print(printer, client);
        return 0;
    });
}
