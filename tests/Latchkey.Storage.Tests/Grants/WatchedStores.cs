using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;

namespace Latchkey.Storage.Tests.Grants;

/// <summary>A grant store whose writes a test has a hand in.</summary>
internal abstract class WatchedStore(IGrantStore grants) : IGrantStore
{
    protected IGrantStore Grants => grants;

    public ValueTask<Grant?> FindAsync(Guid id, CancellationToken cancellationToken = default) => grants.FindAsync(id, cancellationToken);

    public Task ConfirmAsync(Guid id, CancellationToken cancellationToken = default) => grants.ConfirmAsync(id, cancellationToken);

    public abstract Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default);

    public IAsyncEnumerable<Grant> ListAsync(GrantFilter filter, CancellationToken cancellationToken = default) => grants.ListAsync(filter, cancellationToken);
}

/// <summary>Applies so many writes and no more, as if the process were gone.</summary>
internal sealed class DyingStore(IGrantStore grants, int lives) : WatchedStore(grants)
{
    private int _lives = lives;

    public override Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default) =>
        Interlocked.Decrement(ref _lives) >= 0
            ? Grants.ApplyAsync(write, audit, cancellationToken)
            : Task.FromException<bool>(new StorageUnavailableException("Killed."));
}

/// <summary>Knows how many writes waited together.</summary>
internal sealed class CountingStore(IGrantStore grants) : WatchedStore(grants)
{
    private int _waiting;

    public int MostAtOnce { get; private set; }

    public override async Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _waiting));
        try
        {
            return await Grants.ApplyAsync(write, audit, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}

/// <summary>Does something before each write.</summary>
internal sealed class SlowStore(IGrantStore grants, Func<int, Task> before) : WatchedStore(grants)
{
    private int _written;

    public override async Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default)
    {
        await before(Interlocked.Increment(ref _written));
        return await Grants.ApplyAsync(write, audit, cancellationToken);
    }
}
