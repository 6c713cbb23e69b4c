using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Core.Tokens;

namespace Latchkey.Cli.Keys;

/// <summary><c>latchkey keys</c>: what seals tokens.</summary>
internal static class KeyCommands
{
    public static Command Create() => new("keys", "The keys that seal tokens.") { List(), Rotate() };

    private static Command List() => new Command("list", "List the keys, newest first.").RunsOnData((_, data, printer, _) =>
    {
        var keys = data.Keys.Load().OrderByDescending(k => k.ActivatedAt).ThenByDescending(k => k.Id).ToList();
        var sealing = keys.Find(k => k.ActivatedAt <= data.Clock.GetUtcNow());
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. keys.Select(k => Json(k, sealing))]));
        }
        else
        {
            printer.Table(["Id", "Seals from", "State"], keys.Select(k => new[] { k.Id.ToString(), k.ActivatedAt.Text(), State(k, sealing) }));
        }

        return Task.FromResult(0);
    });

    private static Command Rotate() =>
        new Command("rotate", "Add a key. A running server seals with it within seconds; old tokens stay good.").RunsOnData(async (_, data, printer, cancellationToken) =>
        {
            var key = await data.Keys.RotateAsync(cancellationToken);
            if (printer.IsJson)
            {
                printer.Json(Json(key, sealing: null));
            }
            else
            {
                printer.Line($"Key {key.Id} seals tokens from {key.ActivatedAt.Text()} on.");
            }

            return 0;
        });

    private static JsonObject Json(TokenKey key, TokenKey? sealing) => new()
    {
        ["id"] = key.Id,
        ["activated"] = key.ActivatedAt.Text(),
        ["state"] = State(key, sealing),
    };

    private static string State(TokenKey key, TokenKey? sealing) =>
        ReferenceEquals(key, sealing) ? "sealing" : sealing is null || key.ActivatedAt > sealing.ActivatedAt ? "waiting" : "opening";
}
