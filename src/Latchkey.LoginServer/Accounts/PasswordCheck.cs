using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// Whether name and password belong to somebody who may log in. One hash is computed and one transaction written whether
/// the name is unknown, the password wrong, or the account locked or disabled: the answer and its time tell nobody which.
/// </summary>
/// <remarks>OWASP ASVS V6.3.1, V6.3.8.</remarks>
internal sealed class PasswordCheck(
    UserManager<User> users,
    IPasswordHasher<User> hasher,
    DecoyHash decoy,
    ManagementWrites writes,
    KnownBrowsers browsers,
    LoginThrottle throttle,
    TimeProvider clock,
    IOptions<LoginThrottleOptions> options)
{
    /// <summary>The user, or null for every kind of failure.</summary>
    public async Task<User?> CheckAsync(HttpContext context, string username, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByNameAsync(username);
        var verdict = hasher.VerifyHashedPassword(user ?? DecoyHash.Nobody, user?.PasswordHash ?? decoy.Value, password);
        var right = user?.PasswordHash is not null && verdict != PasswordVerificationResult.Failed;
        var browser = user is null ? null : browsers.Find(context, user.Id);
        var failures = browser is { } known ? await browsers.FailuresAsync(known, cancellationToken) : 0;
        var locked = browser is null ? IsLocked(user?.LockoutEnd) : failures >= options.Value.FailuresPerAccount;
        if (user is null || !right || locked || user.Disabled)
        {
            var why = user is null ? "unknown name" : user.Disabled ? "disabled" : locked ? "locked" : "wrong password";
            await RecordFailureAsync(context, username, user, browser, counts: !right && !locked, why, cancellationToken);
            return null;
        }

        await RecordSuccessAsync(user, failures > 0 ? browser : null, verdict == PasswordVerificationResult.SuccessRehashNeeded ? password : null, cancellationToken);
        return user;
    }

    // No lock lasts longer than it may: one that would was made while the clock was ahead, and ends when that shows.
    private bool IsLocked(DateTimeOffset? end) => end - clock.GetUtcNow() is { } left && left > TimeSpan.Zero && left <= options.Value.AccountLock;

    // A failure inside the lock does not count: otherwise a stranger could keep the lock up for ever.
    private async Task RecordFailureAsync(
        HttpContext context, string username, User? user, Guid? browser, bool counts, string why, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = counts && browser is null ? user?.Id : null;
        var lockEnd = (DateTimeOffset?)(now + options.Value.AccountLock);
        await writes.RunAsync(
            async (db, ct) =>
            {
                // Counted by the database, so that failures at the same moment all count.
                await db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), ct);
                var locked = await db.Users.Where(u => u.Id == id && u.AccessFailedCount >= options.Value.FailuresPerAccount).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.LockoutEnd, lockEnd).SetProperty(u => u.AccessFailedCount, 0), ct);
                if (browser is { } known && counts)
                {
                    await browsers.CountFailureAsync(db, known, ct);
                }

                await throttle.CountFailureAsync(db, context, ct);
                db.AuditEvents.Add(LoginAudit.Failed(context, username, user?.Id, why, now));
                if (locked > 0)
                {
                    db.AuditEvents.Add(LoginAudit.Locked(context, user!.Id, now));
                }

                await db.SaveChangesAsync(ct);
            },
            cancellationToken);
    }

    private async Task RecordSuccessAsync(User user, Guid? failedBrowser, string? rehash, CancellationToken cancellationToken)
    {
        if (user.AccessFailedCount == 0 && failedBrowser is null && rehash is null)
        {
            return;
        }

        // Hashed before the write's turn, which everybody else waits for.
        var hash = rehash is null ? user.PasswordHash : hasher.HashPassword(user, rehash);
        await writes.RunAsync(
            async (db, ct) =>
            {
                await db.Users.Where(u => u.Id == user.Id && u.PasswordHash == user.PasswordHash).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.PasswordHash, hash), ct);
                if (failedBrowser is { } browser)
                {
                    await KnownBrowsers.ForgetFailuresAsync(db, browser, ct);
                }
            },
            cancellationToken);
    }
}
