using System.CommandLine;
using Latchkey.Cli.Output;
using Latchkey.Storage.Accounts;

namespace Latchkey.Cli.Users;

internal static class UserAdd
{
    private static readonly Argument<string> Name = UserCommands.Name();

    private static readonly Option<string> Email = new("--email") { Description = "Their address; you vouch for it.", HelpName = "ADDRESS", Required = true };

    private static readonly Option<bool> Admin = new("--admin") { Description = "Mark them as an administrator; nothing is granted by it yet." };

    public static Command Create() =>
        new Command("add", "Add a user, who can log in at once.") { Name, Email, Admin, NewPassword.FromInput }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        if (NewPassword.Read(parsed) is not { } password)
        {
            return printer.Refuse(NewPassword.Missing);
        }

        var account = new NewAccount(parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Email), parsed.GetValue(Admin));
        var result = await data.Accounts.CreateAsync(account, password.Text, cancellationToken);
        if (!result.Succeeded)
        {
            return printer.Refuse(string.Join(' ', result.Problems));
        }

        var user = await data.Accounts.FindAsync(result.User.Id, cancellationToken)
            ?? throw new InvalidOperationException("The user was removed while being added.");
        return printer.Made(
            () => UserView.Print(printer, user, password),
            $"The user {user.UserName} was added",
            password.Made ? UserResetPassword.NewOne(user.UserName) : "See it by: latchkey user list");
    }
}
