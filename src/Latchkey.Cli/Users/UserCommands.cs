using System.CommandLine;

namespace Latchkey.Cli.Users;

/// <summary><c>latchkey user</c>: the people who log in.</summary>
internal static class UserCommands
{
    public static Command Create() => new("user", "The people who log in.")
    {
        UserAdd.Create(),
        UserList.Create(),
        UserEnding.Disable(),
        UserEnding.Enable(),
        UserResetPassword.Create(),
    };

    public static Argument<string> Name() => new("NAME") { Description = "The user name." };
}
