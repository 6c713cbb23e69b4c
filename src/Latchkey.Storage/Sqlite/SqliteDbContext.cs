using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Latchkey.Storage.Sqlite;

internal sealed class SqliteDbContext(
    DbContextOptions<SqliteDbContext> options, WriteQueue? queue, SqliteSyncs syncs, IOptions<StorageOptions> storage)
    : LatchkeyDbContext(options, queue)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    private sqlite3 Handle => ((SqliteConnection)Database.GetDbConnection()).Handle
        ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>
    /// Asks for the write lock often and without holding a thread. A busy server leaves it free only for moments between two
    /// commits, which SQLite's own waiting, ten times a second at last, would mostly miss.
    /// </summary>
    internal override async Task BeginAsync(CancellationToken cancellationToken)
    {
        syncs.RefuseAfterFailure();
        await Database.OpenConnectionAsync(cancellationToken);
        var handle = Handle;
        var busyTimeout = storage.Value.BusyTimeout;
        var deadline = Environment.TickCount64 + (long)busyTimeout.TotalMilliseconds;
        raw.sqlite3_busy_timeout(handle, 0);
        try
        {
            int code;
            while ((code = raw.sqlite3_exec(handle, "BEGIN IMMEDIATE")) == raw.SQLITE_BUSY && Environment.TickCount64 < deadline)
            {
                await Task.Delay(Poll, cancellationToken);
            }

            SqliteFailures.Check(handle, code);
            InTransaction = true;
        }
        catch
        {
            await Database.CloseConnectionAsync();
            throw;
        }
        finally
        {
            raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds);
        }
    }

    internal override Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            SqliteFailures.Check(Handle, raw.sqlite3_exec(Handle, "COMMIT"));
        }
        catch (Exception broken)
        {
            syncs.Note(broken);
            throw;
        }

        InTransaction = false;
        return Task.CompletedTask;
    }

    internal override async Task EndAsync()
    {
        if (InTransaction)
        {
            InTransaction = false;
            if (raw.sqlite3_exec(Handle, "ROLLBACK") != raw.SQLITE_OK)
            {
                // Whatever state it is in, nobody gets this connection again.
                SqliteConnection.ClearPool((SqliteConnection)Database.GetDbConnection());
            }
        }

        await Database.CloseConnectionAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<Guid>().HaveConversion<BigEndianGuid>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // Every introspection asks for a name by id: this index answers alone, where the key's index only says in which row to look.
        builder.Entity<User>().HasIndex(u => new { u.Id, u.UserName }).IsUnique().HasDatabaseName("ix_users_id_user_name");
    }

    /// <summary>Sorts as time sorts, and takes half the space of text.</summary>
    internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));

    /// <summary>Sixteen bytes in the order of the text form, so that version 7 ids sort by time.</summary>
    internal sealed class BigEndianGuid() : ValueConverter<Guid, byte[]>(
        id => id.ToByteArray(true), bytes => new Guid(bytes, true));
}
