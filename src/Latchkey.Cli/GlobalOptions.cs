using System.CommandLine;

namespace Latchkey.Cli;

/// <summary>What every command takes.</summary>
internal static class GlobalOptions
{
    /// <summary>Names the data directory when <c>--data</c> does not.</summary>
    public const string DataVariable = "LATCHKEY_DATA";

    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"The data directory; otherwise the environment variable {DataVariable} names it.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Names the database when <c>--database</c> does not, out of sight of whoever lists the processes.</summary>
    public const string DatabaseVariable = "LATCHKEY_DATABASE";

    /// <summary>Names the key file when <c>--key-file</c> does not.</summary>
    public const string KeyFileVariable = "LATCHKEY_KEY_FILE";

    public static readonly Option<string?> Database = new("--database")
    {
        Description = $"A PostgreSQL database that several servers share, instead of a data directory; or in {DatabaseVariable}.",
        HelpName = "CONNECTION",
        Recursive = true,
    };

    public static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = $"With --database: the file with the key that every server is given; or in {KeyFileVariable}.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document instead of text for people.",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Log more, and tell the details of what goes wrong.",
        Recursive = true,
    };

    /// <summary>The directory that was named, as a full path; null when none was.</summary>
    public static string? DataDirectory(this ParseResult parsed)
    {
        var named = parsed.GetValue(Data) ?? Environment.GetEnvironmentVariable(DataVariable);
        return string.IsNullOrWhiteSpace(named) ? null : Path.GetFullPath(named);
    }
}
