using System.CommandLine;

namespace Latchkey.Cli.Users;

internal static class UserList
{
    public static Command Create() => new Command("list", "List the users.").RunsOnData(async (_, data, printer, cancellationToken) =>
    {
        UserView.Print(printer, await data.Accounts.ListAsync(cancellationToken));
        return 0;
    });
}
