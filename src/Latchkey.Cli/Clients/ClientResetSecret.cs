using System.CommandLine;
using Latchkey.Cli.Output;

namespace Latchkey.Cli.Clients;

internal static class ClientResetSecret
{
    private static readonly Argument<string> Id = ClientCommands.Id();

    public static Command Create() =>
        new Command("reset-secret", "Give a client a new secret, printed once. The old one stops at once.") { Id }.RunsOnData(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, LatchkeyData data, Printer printer, CancellationToken cancellationToken)
    {
        var id = parsed.GetRequiredValue(Id);
        if (await data.Clients.ResetSecretAsync(id, cancellationToken) is not { } registered)
        {
            return printer.Refuse(await data.Clients.FindAsync(id, cancellationToken) is null
                ? ClientCommands.Unknown(id)
                : $"{id} is a public client: it has no secret.");
        }

        return printer.Made(() => ClientView.Print(printer, registered), $"The client {id} has a new secret", NewOne(id));
    }

    /// <summary>What to do about a secret that nobody has seen.</summary>
    public static string NewOne(string id) => $"The secret cannot be shown again. Give it a new one: latchkey client reset-secret {id}";
}
