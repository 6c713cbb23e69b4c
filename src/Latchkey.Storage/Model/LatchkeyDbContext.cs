using Latchkey.Storage.Audit;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Model;

/// <summary>
/// The schema, and the tables that are rarely written. Saving takes its turn with every other write of this process
/// (<see cref="ManagementWrites"/>), also when ASP.NET Core Identity does it.
/// </summary>
public abstract class LatchkeyDbContext : IdentityUserContext<User, Guid>
{
    private readonly WriteQueue? _queue;

    private protected LatchkeyDbContext(DbContextOptions options, WriteQueue? queue)
        : base(options)
    {
        _queue = queue;

        // Transactions begin under the write gate, here and in ManagementWrites.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
    }

    public DbSet<ClientRow> Clients => Set<ClientRow>();

    public DbSet<ConsentRow> Consents => Set<ConsentRow>();

    public DbSet<ClientThumbnailRow> ClientThumbnails => Set<ClientThumbnailRow>();

    public DbSet<PersonalTokenRow> PersonalTokens => Set<PersonalTokenRow>();

    public DbSet<PreferencesRow> Preferences => Set<PreferencesRow>();

    public DbSet<UserSettingsRow> UserSettings => Set<UserSettingsRow>();

    public DbSet<ReadEventRow> ReadEvents => Set<ReadEventRow>();

    public DbSet<SshKeyRow> SshKeys => Set<SshKeyRow>();

    public DbSet<TokenKeyRow> TokenKeys => Set<TokenKeyRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    internal DbSet<GrantRow> Grants => Set<GrantRow>();

    internal DbSet<LoginFailureRow> LoginFailures => Set<LoginFailureRow>();

    internal DbSet<CounterRow> Counters => Set<CounterRow>();

    /// <summary>True while a transaction begun by <see cref="BeginAsync"/> is open.</summary>
    internal bool InTransaction { get; private protected set; }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Writes wait for their turn: use SaveChangesAsync.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (InTransaction)
        {
            return await SaveAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        if (_queue is null)
        {
            throw new InvalidOperationException("A context made by the design tools does not save.");
        }

        using var turn = await _queue.TakeTurnAsync(cancellationToken);
        await BeginAsync(cancellationToken);
        try
        {
            var saved = await SaveAsync(acceptAllChangesOnSuccess, cancellationToken);
            await CommitAsync(cancellationToken);
            return saved;
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Opens the connection and begins a transaction that may write from its start.</summary>
    internal abstract Task BeginAsync(CancellationToken cancellationToken);

    internal abstract Task CommitAsync(CancellationToken cancellationToken);

    /// <summary>True for a failure that certainly left nothing behind and may go well the next time.</summary>
    internal virtual bool MayRunAgain(Exception exception) => false;

    /// <summary>Rolls back what is not committed and closes the connection.</summary>
    internal abstract Task EndAsync();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        LatchkeyModel.Configure(builder);
    }

    private async Task<int> SaveAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        try
        {
            await NumberNewUsersAsync(cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (DbUpdateException broken) when (broken.InnerException is StorageUnavailableException unavailable)
        {
            throw new StorageUnavailableException(unavailable.Message, broken);
        }
    }

    private async Task NumberNewUsersAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in ChangeTracker.Entries<User>().Where(e => e.State == EntityState.Added && e.Entity.Uid == 0).ToList())
        {
            var counter = await Counters.FirstAsync(c => c.Name == CounterRow.Uid, cancellationToken);
            await Entry(counter).ReloadAsync(cancellationToken);
            counter.Value++;
            entry.Entity.Uid = counter.Value;
        }
    }
}
