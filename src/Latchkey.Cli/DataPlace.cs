using System.CommandLine;
using Latchkey.Storage;

namespace Latchkey.Cli;

/// <summary>Where a server's data lies, as the command was told: a directory, or a PostgreSQL database. A class: a record would print the password.</summary>
internal sealed class DataPlace
{
    public const string Unnamed =
        $"No data directory is named. Add --data DIR, or set {GlobalOptions.DataVariable}. For PostgreSQL: --database CONNECTION --key-file FILE.";

    private readonly string? _directory;
    private readonly string? _database;
    private readonly string? _keyFile;

    private DataPlace(string? directory, string? database, string? keyFile)
    {
        _directory = directory;
        _database = database;
        _keyFile = keyFile;
    }

    /// <summary>What is printed: the directory, or the word for the other place.</summary>
    public string Name => _directory ?? "PostgreSQL";

    /// <summary>Null when none was named, or two were; <paramref name="problem"/> says so.</summary>
    public static DataPlace? Read(ParseResult parsed, out string? problem)
    {
        // What is written on the command line counts before what the environment says.
        var (writtenData, writtenDatabase) = (parsed.GetValue(GlobalOptions.Data), parsed.GetValue(GlobalOptions.Database));
        var database = writtenData is null || writtenDatabase is not null ? Named(parsed, GlobalOptions.Database, GlobalOptions.DatabaseVariable) : null;
        var directory = writtenDatabase is null && database is null || writtenData is not null ? parsed.DataDirectory() : null;
        problem = (directory, database) switch
        {
            (null, null) => Unnamed,
            (not null, not null) => "Name one place for the data: --data DIR or --database CONNECTION.",
            (not null, null) when parsed.GetValue(GlobalOptions.KeyFile) is not null =>
                "--key-file is for --database: a data directory has its keys in DIR/keys.",
            _ => null,
        };
        return problem is null ? new DataPlace(directory, database, Named(parsed, GlobalOptions.KeyFile, GlobalOptions.KeyFileVariable)) : null;
    }

    public void Configure(StorageOptions options)
    {
        options.DataDirectory = _directory ?? "";
        options.Database = _database;
        options.KeyFile = _keyFile;
    }

    /// <summary>A mistyped directory must not become a second, empty server that nobody runs.</summary>
    /// <exception cref="StartupException">There is no server's data there.</exception>
    public void RefuseIfEmpty(StorageOptions options)
    {
        if (_directory is not null && !File.Exists(options.DatabaseFile) && !Directory.Exists(options.DatabaseFile) && !IsDenied(options.DatabaseFile))
        {
            throw new StartupException(
                $"There is no Latchkey database in {_directory}. Name the directory of your server, or begin one with: latchkey serve --data {_directory}");
        }
    }

    // Then it only seems not to be there, and whoever opens it says by whom it can be read.
    private static bool IsDenied(string file)
    {
        try
        {
            File.GetAttributes(file);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string? Named(ParseResult parsed, Option<string?> option, string variable)
    {
        var named = parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrWhiteSpace(named) ? null : named;
    }
}
