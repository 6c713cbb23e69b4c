using System.CommandLine;
using Latchkey.Cli.Output;
using Latchkey.Core.Clients;
using Latchkey.LoginServer;
using Latchkey.LoginServer.PersonalTokens;
using Microsoft.Extensions.Options;

namespace Latchkey.Cli.Tokens;

internal static class TokenCreate
{
    private static readonly Option<string> User = new("--user") { Description = "Whose token it is.", HelpName = "NAME", Required = true };

    private static readonly Option<string> Label = new("--label")
    {
        Description = "What its owner's list calls it.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "Personal access token",
    };

    private static readonly Option<string[]> Scopes = ScopeOption.Create("What it may do; everything when left out.");

    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "When it ends: after 90s, 30m, 12h, 30d or 4w, or on 2030-12-31 (UTC); never when left out.",
        HelpName = "DURATION|DATE",
    };

    public static Command Create() =>
        new Command("create", "Make a token, printed once. A running server honours it at once.") { User, Label, Scopes, Expires }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var label = parsed.GetRequiredValue(Label).Trim();
        if (LabelRules.LengthOf(label) > LabelRules.MaxLength || !LabelRules.IsReadable(label))
        {
            return printer.Misused($"A label has 1 to {LabelRules.MaxLength} characters: letters, digits, signs and spaces only.");
        }

        if (!ScopeOption.TryRead(parsed, Scopes, out var scopes, out var problem))
        {
            return printer.Misused(problem);
        }

        var name = parsed.GetRequiredValue(User);
        if (await data.Accounts.FindByNameAsync(name, cancellationToken) is not { } user)
        {
            return printer.Refuse($"There is no user {name}.");
        }

        var issuing = new PersonalTokenIssuing(data.KeyRing, data.PersonalTokens, Options.Create(new LoginServerOptions()), data.Clock);

        // Last of all: a token's time runs from when it is made, and opening the data may take a while.
        DateTimeOffset? end = null;
        if (parsed.GetValue(Expires) is { } written && !TokenEnd.TryRead(written, data.Clock.GetUtcNow(), out end))
        {
            return printer.Misused($"{written} is no end for a token. Write a time from now (90s, 30m, 12h, 30d, 4w) or a moment to come before 2100 (2030-12-31, 2030-12-31T23:59:59Z).");
        }

        if (await issuing.IssueWithLineAsync(user.Id, label, scopes, end, cancellationToken) is not var (token, line))
        {
            return printer.Refuse($"{name} is disabled. Enable the user first: latchkey user enable {name}");
        }

        if (ScopeOption.Doubt(scopes) is { } doubt)
        {
            printer.Note(doubt);
        }

        return printer.Made(
            () => TokenView.Print(printer, line, user.UserName, token),
            $"The token {line.Id} was made",
            $"It is good and cannot be shown again. End it: latchkey token revoke {line.Id}");
    }
}
