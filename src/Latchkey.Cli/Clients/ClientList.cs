using System.CommandLine;

namespace Latchkey.Cli.Clients;

internal static class ClientList
{
    public static Command Create() => new Command("list", "List the clients.").RunsOnData(async (_, data, printer, cancellationToken) =>
    {
        ClientView.Print(printer, await data.Clients.ListAsync(cancellationToken: cancellationToken));
        return 0;
    });
}
