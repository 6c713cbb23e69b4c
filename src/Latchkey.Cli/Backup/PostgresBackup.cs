using System.ComponentModel;
using System.Diagnostics;
using Latchkey.Storage;
using Latchkey.Storage.Backups;

namespace Latchkey.Cli.Backup;

/// <summary>The backup of a PostgreSQL database, by PostgreSQL's own program: it knows its tables best, and restores them.</summary>
internal static class PostgresBackup
{
    private const string Program = "pg_dump";

    /// <exception cref="StartupException">There is no such program here, or it refused.</exception>
    public static async Task<long> WriteAsync(StorageOptions options, NewFile file, CancellationToken cancellationToken)
    {
        var dump = await PostgresDump.OfAsync(options, cancellationToken);

        // It writes into a file that is there, which keeps its mode.
        await file.Create().DisposeAsync();
        using var process = Start(dump, file);
        var problem = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return process.ExitCode == 0 ? file.Finish() : throw new StartupException($"{Program} could not: {(await problem).Trim()}");
    }

    private static Process Start(PostgresDump dump, NewFile file)
    {
        var start = new ProcessStartInfo(Program, Arguments(dump, file.Unfinished)) { RedirectStandardError = true };
        foreach (var (name, value) in dump.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            var variables = dump.Environment.Where(v => v.Key != "PGPASSWORD").Select(v => $"{v.Key}={Quoted(v.Value)}");
            var words = Arguments(dump, file.Target).Select(Quoted);
            throw new StartupException(
                $"{Program} is not here. Install PostgreSQL's client programs (Debian: apt-get install postgresql-client), or run where they are, "
                + $"with the password in a file that PGPASSFILE names: {string.Join(' ', variables)} {Program} {string.Join(' ', words)}",
                exception);
        }
    }

    // The schema is a pattern there; in quotes it is a name.
    private static IEnumerable<string> Arguments(PostgresDump dump, string file) =>
        ["--format=custom", "--no-password", $"--file={file}", .. dump.Schema is { } schema ? [$"--schema=\"{schema}\""] : Array.Empty<string>()];

    private static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-=,:".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";
}
