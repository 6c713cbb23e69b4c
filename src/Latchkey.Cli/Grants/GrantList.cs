using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Clients;
using Latchkey.Cli.Output;
using Latchkey.Storage.Grants;

namespace Latchkey.Cli.Grants;

internal static class GrantList
{
    private static readonly Option<string?> User = new("--user") { Description = "Only what this user gave.", HelpName = "NAME" };

    private static readonly Option<string?> Client = new("--client") { Description = "Only what this client was given.", HelpName = "ID" };

    public static Command Create() => new Command("list", "List grants, oldest first.") { User, Client }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var filter = new GrantFilter { ClientId = parsed.GetValue(Client) };
        if (parsed.GetValue(User) is { } name)
        {
            if (await data.Accounts.FindByNameAsync(name, cancellationToken) is not { } user)
            {
                return printer.Refuse($"There is no user {name}.");
            }

            filter = filter with { UserId = user.Id };
        }

        var view = new GrantView(data);
        var documents = new JsonArray();
        var rows = new List<string[]>();
        await foreach (var grant in data.Grants.ListAsync(filter, cancellationToken))
        {
            if (printer.IsJson)
            {
                documents.Add((JsonNode)await view.JsonAsync(grant, cancellationToken));
            }
            else
            {
                rows.Add(await view.RowAsync(grant, cancellationToken));
            }
        }

        // The grants of a client that was removed are still listed; a client that never was is a typing mistake.
        if (documents.Count + rows.Count == 0 && filter.ClientId is { } id && await data.Clients.FindAsync(id, cancellationToken) is null)
        {
            return printer.Refuse(ClientCommands.Unknown(id));
        }

        if (printer.IsJson)
        {
            printer.Json(documents);
        }
        else
        {
            printer.Table(["Id", "Client", "User", "Scopes", "State", "Created"], rows);
        }

        return 0;
    }
}
