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
