using Latchkey.Core.Tokens;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Grants;

/// <summary>
/// What the servers over one database tell each other about sweeping: whose turn it is, so that ten of them do not read the
/// grants ten times, and how long tokens may live, which each knows of its own only.
/// </summary>
internal sealed class SweepTurns(ManagementWrites writes, TimeProvider clock)
{
    private static readonly string[] Names = [CounterRow.SweepDue, CounterRow.LongestAccess, CounterRow.LongestRefreshIdle];

    /// <summary>A turn that is neither held nor ended is over after this: whoever had it was killed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    /// <summary>Notes how long this server's tokens live, and takes the turn when one is due.</summary>
    /// <returns>The longest that any server's tokens live; null when none is due, or another server is at it.</returns>
    public Task<TokenLifetimes?> TakeAsync(TokenLifetimes own, TimeSpan every, CancellationToken cancellationToken) => writes.RunAsync(
        async (db, ct) =>
        {
            var marks = await ReadAsync(db, ct);
            Raise(db, marks, CounterRow.LongestAccess, Minutes(own.Access));
            Raise(db, marks, CounterRow.LongestRefreshIdle, Minutes(own.RefreshIdle));
            var now = Now();

            // Farther off than anyone sets it, it was set by a clock that went wrong.
            var due = marks.GetValueOrDefault(CounterRow.SweepDue)?.Value ?? 0;
            var isDue = due <= now || due > now + Math.Max(Minutes(every), Minutes(Lease));
            if (isDue)
            {
                Set(db, marks, CounterRow.SweepDue, now + Minutes(Lease));
            }

            await db.SaveChangesAsync(ct);
            return isDue ? Longest(marks) : null;
        },
        cancellationToken);

    /// <summary>Takes the turn, due or not.</summary>
    /// <returns>As above; null when no server has noted yet how long its tokens live.</returns>
    public Task<TokenLifetimes?> TakeNowAsync(CancellationToken cancellationToken) => writes.RunAsync(
        async (db, ct) =>
        {
            var marks = await ReadAsync(db, ct);
            if (!marks.ContainsKey(CounterRow.LongestAccess))
            {
                return null;
            }

            Set(db, marks, CounterRow.SweepDue, Now() + Minutes(Lease));
            await db.SaveChangesAsync(ct);
            return Longest(marks);
        },
        cancellationToken);

    /// <summary>No other turn is due before <paramref name="time"/> has passed from now on.</summary>
    public Task PutOffAsync(TimeSpan time, CancellationToken cancellationToken) => writes.RunAsync(
        async (db, ct) =>
        {
            Set(db, await ReadAsync(db, ct), CounterRow.SweepDue, Now() + Minutes(time));
            await db.SaveChangesAsync(ct);
        },
        cancellationToken);

    private static Task<Dictionary<string, CounterRow>> ReadAsync(LatchkeyDbContext db, CancellationToken cancellationToken) =>
        db.Counters.Where(c => Names.Contains(c.Name)).ToDictionaryAsync(c => c.Name, cancellationToken);

    private static void Raise(LatchkeyDbContext db, Dictionary<string, CounterRow> marks, string name, int value) =>
        Set(db, marks, name, Math.Max(value, marks.GetValueOrDefault(name)?.Value ?? 0));

    private static void Set(LatchkeyDbContext db, Dictionary<string, CounterRow> marks, string name, int value)
    {
        if (!marks.TryGetValue(name, out var mark))
        {
            marks[name] = mark = new CounterRow { Name = name };
            db.Counters.Add(mark);
        }

        mark.Value = value;
    }

    private static TokenLifetimes Longest(Dictionary<string, CounterRow> marks) => new()
    {
        Access = TimeSpan.FromMinutes(marks[CounterRow.LongestAccess].Value),
        RefreshIdle = TimeSpan.FromMinutes(marks[CounterRow.LongestRefreshIdle].Value),
    };

    private int Now() => Minutes(clock.GetUtcNow() - DateTimeOffset.UnixEpoch);

    private static int Minutes(TimeSpan time) => (int)Math.Ceiling(time.TotalMinutes);
}
