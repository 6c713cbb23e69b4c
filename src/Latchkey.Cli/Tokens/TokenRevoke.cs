using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;

namespace Latchkey.Cli.Tokens;

internal static class TokenRevoke
{
    private static readonly Argument<string> Id = new("ID") { Description = "The token's number, as token list shows it." };

    public static Command Create() => new Command("revoke", "End a token: it is dead at once.") { Id }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        // As text: someone will give it the token itself, and what a parser says about a word that is no number repeats the word.
        if (!int.TryParse(parsed.GetRequiredValue(Id), out var id)
            || await data.PersonalTokens.FindOfAnyoneAsync(id, cancellationToken) is not { } token
            || !await data.PersonalTokens.RevokeAsync(id, cancellationToken))
        {
            return printer.Refuse("There is no token of that number. See: latchkey token list");
        }

        if (printer.IsJson)
        {
            printer.Json(new JsonObject { ["id"] = id, ["revoked"] = true });
        }
        else
        {
            printer.Line($"Revoked {id}, \"{token.Label}\".");
        }

        return 0;
    }
}
