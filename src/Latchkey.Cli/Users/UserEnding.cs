using System.CommandLine;
using Latchkey.Cli.Output;

namespace Latchkey.Cli.Users;

/// <summary>Shutting a user out, and letting them in again.</summary>
internal static class UserEnding
{
    private static readonly Argument<string> Name = UserCommands.Name();

    public static Command Disable() => new Command("disable", "End a user's sessions and grants, and let none begin.") { Name }
        .RunsOnData((parsed, data, printer, cancellationToken) =>
            ChangeAsync(parsed, data, printer, data.Accounts.DisableAsync, cancellationToken));

    public static Command Enable() => new Command("enable", "Let a disabled user log in again. What was ended stays ended.") { Name }
        .RunsOnData((parsed, data, printer, cancellationToken) =>
            ChangeAsync(parsed, data, printer, data.Accounts.EnableAsync, cancellationToken));

    private static async Task<int> ChangeAsync(
        ParseResult parsed, LatchkeyData data, Printer printer, Func<Guid, CancellationToken, Task<bool>> change, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        if (await data.Accounts.FindByNameAsync(name, cancellationToken) is { } user
            && await change(user.Id, cancellationToken)
            && await data.Accounts.FindAsync(user.Id, cancellationToken) is { } changed)
        {
            UserView.Print(printer, changed);
            return 0;
        }

        return printer.Refuse($"There is no user {name}.");
    }
}
