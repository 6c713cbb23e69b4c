using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Accounts;

/// <summary>
/// Failed logins of peers and browsers, kept where every node sees them and a restart forgets none. What is over is cleared by
/// the next failure anywhere, so there are never more rows than failures that still count.
/// </summary>
public sealed class LoginFailureStore
{
    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal LoginFailureStore(ManagementWrites writes, TimeProvider clock)
    {
        _writes = writes;
        _clock = clock;
    }

    /// <summary>How many still count and until when; null for none. One read by key.</summary>
    public async Task<(int Failures, DateTimeOffset Until)?> FindAsync(string source, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var row = await db.LoginFailures.AsNoTracking().FirstOrDefaultAsync(f => f.Source == source, cancellationToken);
        return row is not null && row.Until > _clock.GetUtcNow() ? (row.Failures, row.Until) : null;
    }

    /// <summary>
    /// Counts one more, inside a management write: those take turns, so that failures at the same moment all count.
    /// <paramref name="until"/> is given the moment until which the earlier ones count (now, when there are none) and says the new one.
    /// </summary>
    public async Task AddAsync(LatchkeyDbContext db, string source, Func<DateTimeOffset, DateTimeOffset> until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(until);
        var now = _clock.GetUtcNow();
        await db.LoginFailures.Where(f => f.Until <= now).ExecuteDeleteAsync(cancellationToken);
        var row = await db.LoginFailures.FirstOrDefaultAsync(f => f.Source == source, cancellationToken);
        if (row is null)
        {
            row = new LoginFailureRow { Source = source, Until = now };
            db.LoginFailures.Add(row);
        }

        row.Failures++;
        row.Until = until(row.Until);
    }

    /// <summary>Forgets them all, inside a management write.</summary>
    public static Task ClearAsync(LatchkeyDbContext db, string source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.LoginFailures.Where(f => f.Source == source).ExecuteDeleteAsync(cancellationToken);
    }
}
