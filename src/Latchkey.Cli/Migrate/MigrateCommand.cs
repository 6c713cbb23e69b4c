using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Storage;
using Latchkey.Storage.Moving;

namespace Latchkey.Cli.Migrate;

/// <summary><c>latchkey migrate</c>: from one file to a database that many servers share, with every token staying good.</summary>
internal static class MigrateCommand
{
    private static readonly Option<string> From = new("--from")
    {
        Description = "The data directory to move, or latchkey.db in it. A server may still run on it.",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = $"The PostgreSQL database to fill, which must be empty; better in {GlobalOptions.DatabaseVariable}, which nobody else reads.",
        HelpName = "CONNECTION",
    };

    public static Command Create() =>
        new Command("migrate", "Move a server's data from SQLite to PostgreSQL; run it again after a break, and once the old server has stopped.") { From, To }
            .Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Printer printer, CancellationToken cancellationToken)
    {
        var target = parsed.GetValue(To) ?? parsed.GetValue(GlobalOptions.Database) ?? Environment.GetEnvironmentVariable(GlobalOptions.DatabaseVariable);
        if (string.IsNullOrWhiteSpace(target))
        {
            return printer.Refuse($"Name the PostgreSQL database: --to CONNECTION, or {GlobalOptions.DatabaseVariable}.");
        }

        if (parsed.GetValue(GlobalOptions.Data) is not null)
        {
            return printer.Misused("The data directory to move is named by --from.");
        }

        var options = new StorageOptions
        {
            Database = target,
            KeyFile = parsed.GetValue(GlobalOptions.KeyFile) ?? Environment.GetEnvironmentVariable(GlobalOptions.KeyFileVariable),
        };
        var result = await MoveToPostgres.RunAsync(DirectoryOf(parsed.GetRequiredValue(From)), options, p => Tell(printer, p), cancellationToken);
        return Print(printer, result);
    }

    private static string DirectoryOf(string place)
    {
        var full = Path.GetFullPath(place);
        return Path.GetFileName(full) == "latchkey.db" && !Directory.Exists(full) ? Path.GetDirectoryName(full)! : full;
    }

    private static void Tell(Printer printer, MoveProgress progress)
    {
        if (progress.Of > 0)
        {
            printer.Note($"{progress.Table}: {progress.Rows} of {progress.Of} rows");
        }
    }

    private static int Print(Printer printer, MoveResult result)
    {
        var different = string.Join(", ", result.Different.Select(t => $"{t.Name} ({t.Source.Rows} and {t.Target.Rows} rows)"));
        if (different.Length > 0)
        {
            return printer.Refuse($"Not the same on both sides: {different}. No server will start on the database. Run it again; if that does not help, begin with a new one.");
        }

        if (printer.IsJson)
        {
            printer.Json(Json(result));
        }
        else
        {
            printer.Table(
                ["Table", "Rows", "Copied", "Removed", "SHA-256"],
                result.Tables.Select(t => new[] { t.Name, $"{t.Target.Rows}", $"{t.Copied}", $"{t.Removed}", t.Target.Sha256[..16] }));
        }

        printer.Note(result.Alone
            ? "Everything has arrived; counts and checksums are the same on both sides. Start the servers on PostgreSQL, and the old one no more."
            : "Everything of the moment this began has arrived. The old server was still running: stop it and run this once more, before which no server starts on the new database.");
        return 0;
    }

    private static JsonObject Json(MoveResult result) => new()
    {
        ["complete"] = result.Alone,
        ["tables"] = new JsonArray([.. result.Tables.Select(t => new JsonObject
        {
            ["name"] = t.Name,
            ["rows"] = t.Target.Rows,
            ["copied"] = t.Copied,
            ["removed"] = t.Removed,
            ["sha256"] = t.Target.Sha256,
        })]),
    };
}
