using System.CommandLine;

namespace Latchkey.Cli.Clients;

/// <summary><c>latchkey client</c>: the registered apps and APIs.</summary>
internal static class ClientCommands
{
    public static Command Create() => new("client", "The registered apps and APIs.")
    {
        ClientAdd.Create(),
        ClientList.Create(),
        ClientShow.Create(),
        ClientResetSecret.Create(),
        ClientEnding.Disable(),
        ClientEnding.Enable(),
        ClientEnding.Remove(),
    };

    public static Argument<string> Id() => new("ID") { Description = "The client id." };

    public static string Unknown(string id) => $"There is no client {id}.";
}
