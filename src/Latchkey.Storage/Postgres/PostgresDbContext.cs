using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Latchkey.Storage.Postgres;

internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options, WriteQueue? queue, IOptions<StorageOptions> storage)
    : LatchkeyDbContext(options, queue)
{
    public DbSet<KeyRingRow> KeyRing => Set<KeyRingRow>();

    // A node that is lost in the middle of a write says nothing, and the database would keep its lock for as long as TCP hopes.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the other nodes' management writes as SQLite waits for other processes: in order, and not for ever.</summary>
    internal override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await Database.BeginTransactionAsync(cancellationToken);
            InTransaction = true;
            var wait = (int)storage.Value.BusyTimeout.TotalMilliseconds;
#pragma warning disable EF1002 // Numbers of this project only.
            await Database.ExecuteSqlRawAsync(
                $"""
                SET LOCAL lock_timeout = {wait};
                SET LOCAL idle_in_transaction_session_timeout = {(int)LongestSilence.TotalMilliseconds};
                SELECT pg_advisory_xact_lock({PostgresLocks.Management})
                """,
                cancellationToken);
#pragma warning restore EF1002
        }
        catch
        {
            await EndAsync();
            throw;
        }
    }

    internal override async Task CommitAsync(CancellationToken cancellationToken)
    {
        // Not cancelled: nobody would know whether it happened.
        using var standbys = new StandbyWait((NpgsqlConnection)Database.GetDbConnection());
        try
        {
            await Database.CommitTransactionAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            PostgresFailures.ThrowIfUnavailable(exception);
            throw;
        }

        InTransaction = false;
        standbys.ThrowIfCutShort();
    }

    internal override bool MayRunAgain(Exception exception) => PostgresFailures.MayRunAgain(exception);

    internal override async Task EndAsync()
    {
        if (InTransaction)
        {
            InTransaction = false;

            // Disposed and not rolled back: a connection that is gone has rolled back already, and says so with an exception.
            await Database.CurrentTransaction!.DisposeAsync();
        }

        await Database.CloseConnectionAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // Sorts and compares by bytes, as SQLite does, whatever language the database was made for.
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.Entity<KeyRingRow>(row =>
        {
            row.ToTable("key_ring");
            row.HasKey(r => r.Name);
        });
        base.OnModelCreating(builder);
    }
}
