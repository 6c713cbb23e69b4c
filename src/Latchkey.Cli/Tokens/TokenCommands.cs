using System.CommandLine;

namespace Latchkey.Cli.Tokens;

/// <summary><c>latchkey token</c>: users' personal access tokens.</summary>
internal static class TokenCommands
{
    public static Command Create() => new("token", "Users' personal access tokens, for scripts that log in as nobody else.")
    {
        TokenCreate.Create(),
        TokenList.Create(),
        TokenRevoke.Create(),
    };
}
