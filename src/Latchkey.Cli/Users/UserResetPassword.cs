using System.CommandLine;
using Latchkey.Cli.Output;

namespace Latchkey.Cli.Users;

internal static class UserResetPassword
{
    private static readonly Argument<string> Name = UserCommands.Name();

    public static Command Create() =>
        new Command("reset-password", "Give a user a new password and end their sessions.") { Name, NewPassword.FromInput }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        if (await data.Accounts.FindByNameAsync(name, cancellationToken) is not { } user)
        {
            return printer.Refuse($"There is no user {name}.");
        }

        if (NewPassword.Read(parsed) is not { } password)
        {
            return printer.Refuse(NewPassword.Missing);
        }

        var result = await data.Accounts.ResetPasswordAsync(user.Id, password.Text, cancellationToken);
        if (!result.Succeeded)
        {
            return printer.Refuse(string.Join(' ', result.Problems));
        }

        return printer.Made(
            () => UserView.Print(printer, user, password),
            $"The user {name} has a new password",
            password.Made ? NewOne(name) : "It is the one that you sent.");
    }

    /// <summary>What to do about a password that nobody has seen.</summary>
    public static string NewOne(string name) => $"The password cannot be shown again. Give them a new one: latchkey user reset-password {name}";
}
