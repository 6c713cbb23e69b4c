using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Storage.PersonalTokens;

namespace Latchkey.Cli.Tokens;

internal static class TokenList
{
    private static readonly Option<string?> User = new("--user") { Description = "Only this user's.", HelpName = "NAME" };

    public static Command Create() => new Command("list", "List the tokens by their first characters, oldest first.") { User }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        IReadOnlyList<PersonalToken> tokens;
        if (parsed.GetValue(User) is { } name)
        {
            if (await data.Accounts.FindByNameAsync(name, cancellationToken) is not { } user)
            {
                return printer.Refuse($"There is no user {name}.");
            }

            tokens = await data.PersonalTokens.ListAsync(user.Id, cancellationToken);
        }
        else
        {
            tokens = await data.PersonalTokens.ListOfEveryoneAsync(cancellationToken);
        }

        var names = (await data.Accounts.ListAsync(cancellationToken)).ToDictionary(u => u.Id, u => u.UserName);
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. tokens.Select(t => TokenView.Json(t, names.GetValueOrDefault(t.UserId)))]));
        }
        else
        {
            printer.Table(
                ["Id", "User", "Label", "Begins with", "Scopes", "Created", "Expires"],
                tokens.Select(t => TokenView.Row(t, names.GetValueOrDefault(t.UserId))));
        }

        return 0;
    }
}
