using System.CommandLine;
using Latchkey.Cli.Backup;
using Latchkey.Cli.Clients;
using Latchkey.Cli.Demo;
using Latchkey.Cli.Doctor;
using Latchkey.Cli.Grants;
using Latchkey.Cli.Keys;
using Latchkey.Cli.Migrate;
using Latchkey.Cli.Output;
using Latchkey.Cli.Serve;
using Latchkey.Cli.Tokens;
using Latchkey.Cli.Users;

namespace Latchkey.Cli;

/// <summary>The <c>latchkey</c> command: its groups, and what a mistake in the words is answered with.</summary>
internal static class LatchkeyCommand
{
    public static RootCommand Create() => new("Latchkey: log in with OAuth, on your own machine or for your own product.")
    {
        DemoCommand.Create(),
        ServeCommand.Create(),
        UserCommands.Create(),
        ClientCommands.Create(),
        GrantCommands.Create(),
        TokenCommands.Create(),
        KeyCommands.Create(),
        BackupCommand.Create(),
        MigrateCommand.Create(),
        DoctorCommand.Create(),
        GlobalOptions.Data,
        GlobalOptions.Database,
        GlobalOptions.KeyFile,
        GlobalOptions.Json,
        GlobalOptions.Verbose,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        // A word that starts with @ is a word, not a file of more words.
        var parsed = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors is [var error, ..])
        {
            // The library's own answer is the whole help page: a script wants the one line that says what is wrong.
            return new Printer(parsed).Misused($"{UnknownWord(parsed) ?? WithoutType(error.Message).TrimEnd('.')}. See: {Path(parsed)} --help");
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,

            // After a signal, what is running may finish before the process ends for good.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30) + ServeSettings.DrainIn(parsed),
        });
    }

    // Where only another command could follow, the library misses one and does not say that a word was taken for none. What is longer or
    // holds more than any command may be a token that was pasted there.
    private static string? UnknownWord(ParseResult parsed) =>
        parsed.CommandResult.Command.Subcommands.Count == 0 || parsed.UnmatchedTokens is not [var word, ..] ? null
        : word.Length > 20 || !word.All(c => char.IsAsciiLetter(c) || c == '-') ? null
        : word.StartsWith('-') ? $"There is no option {word}"
        : $"There is no command {word}";

    // "… for option '--port' as expected type 'System.Int32'": the last words are no concern of whoever typed it.
    private static string WithoutType(string message) =>
        message.IndexOf(" as expected type '", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult; at is System.CommandLine.Parsing.CommandResult c; at = at.Parent)
        {
            names.Insert(0, c.Command.Name);
        }

        names[0] = "latchkey";
        return string.Join(' ', names);
    }
}
