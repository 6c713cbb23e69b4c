using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.CloudApi.Storage;

/// <summary>The file <c>cloud.db</c>: made for its owner alone, brought to today's schema, or refused in one plain line.</summary>
internal sealed class CloudDatabase(CloudApiOptions options)
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int Full = 13;
    private const int NotADatabase = 26;

    private string File => Path.Combine(options.DataDirectory, "cloud.db");

    public static string ConnectionString(CloudApiOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(options.DataDirectory, "cloud.db"),
        Mode = SqliteOpenMode.ReadWrite,
        DefaultTimeout = 5,
    }.ToString();

    public async Task PrepareAsync(CloudContext context, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.DataDirectory))
        {
            throw new StartupException($"The data directory {options.DataDirectory} does not exist; create it or name another.");
        }

        try
        {
            CreateFile();
            await MigrateAsync(context, cancellationToken);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupException($"{File} cannot be written; give its owner the right to write, there and in its directory.", e);
        }
        catch (IOException e)
        {
            throw new StartupException($"{File} cannot be opened: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (SqliteException e)
        {
            throw new StartupException(Describe(e), e);
        }
    }

    // SQLite would make the file with the process's umask; its WAL takes over the mode of the file (ST-05).
    private void CreateFile()
    {
        var create = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(File, create).Dispose();
    }

    private async Task MigrateAsync(CloudContext context, CancellationToken cancellationToken)
    {
        var database = context.Database;
        await database.OpenConnectionAsync(cancellationToken);
        await database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        var known = database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.FirstOrDefault(a => !known.Contains(a)) is not null)
        {
            throw new StartupException($"{File} was written by a newer version of Latchkey; start that version, or restore a backup.");
        }

        // One process at a time; the operating system lets go of this lock when its holder is killed. EF's own lock is a row
        // that a kill leaves behind for ever, so it is cleared while nobody else can be migrating.
        using var alone = new FileStream($"{File}-migration", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        if ((await database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);
            await database.MigrateAsync(cancellationToken);
        }
        else
        {
            // A file that cannot be written is found out now, not by the first user.
            await database.ExecuteSqlRawAsync("BEGIN IMMEDIATE; ROLLBACK", cancellationToken);
        }
    }

    private string Describe(SqliteException e) => e.SqliteErrorCode switch
    {
        Busy or Locked => $"{File} is locked by another program; stop it and start again.",
        ReadOnly or CannotOpen => $"{File} cannot be written; give its owner the right to write, there and in its directory.",
        Full => $"The disk that holds {File} is full; make room and start again.",
        NotADatabase => $"{File} is not a Latchkey database; move it away or name another data directory.",
        _ => $"{File} cannot be used (SQLite error {e.SqliteErrorCode}).",
    };
}
