using System.CommandLine;
using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Storage;

namespace Latchkey.Cli.Backup;

/// <summary><c>latchkey backup</c>: one file, of one moment, while the server runs.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("FILE") { Description = "The file to make; it must not be there yet." };

    private static readonly Option<string?> Keys = new("--keys")
    {
        Description = "Of a data directory: put the key ring into this file, to be kept apart from the database.",
        HelpName = "FILE",
    };

    public static Command Create() =>
        new Command("backup", "Back up all that a server keeps, while it runs.") { Target, Keys }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Printer printer, CancellationToken cancellationToken)
    {
        if (DataPlace.Read(parsed, out var problem) is not { } place)
        {
            return printer.Refuse(problem!);
        }

        var options = new StorageOptions();
        place.Configure(options);
        var keysFile = parsed.GetValue(Keys);
        if (options.Database is not null && keysFile is not null)
        {
            return printer.Refuse("--keys is for a data directory: over PostgreSQL the keys lie in the database, sealed under the key file.");
        }

        try
        {
            place.RefuseIfEmpty(options);
            using var file = NewFile.At(parsed.GetRequiredValue(Target));
            using var keys = keysFile is null ? null : NewFile.At(keysFile);
            var size = options.Database is null
                ? DirectoryBackup.Write(options, file, keys)
                : await PostgresBackup.WriteAsync(options, file, cancellationToken);
            Print(printer, options, file, keys, size);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return printer.Refuse($"No backup was made: {exception.Message}");
        }
    }

    private static void Print(Printer printer, StorageOptions options, NewFile file, NewFile? keys, long size)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonObject
            {
                ["file"] = file.Target,
                ["bytes"] = size,
                ["keys"] = keys?.Target,
                ["database"] = options.Database is null ? "SQLite" : "PostgreSQL",
            });
            return;
        }

        printer.Line($"Backed up to {file.Target} ({size} bytes).");
        printer.Line(WhatToKeep(options, keys?.Target));
    }

    // What makes tokens of a copy, and what a copy is worth nothing without.
    private static string WhatToKeep(StorageOptions options, string? keys) => (options.Database, keys) switch
    {
        (null, null) => "It holds the keys too: whoever has it can make tokens. With --keys FILE they go into a file of their own.",
        (null, _) => $"The keys are in {keys}. Keep the two apart: each is needed to restore, and the database alone opens nothing.",
        _ => $"Keep the key file ({options.KeyFile ?? "that the servers have"}) too, and apart from it: each is worth nothing without the other.",
    };
}
