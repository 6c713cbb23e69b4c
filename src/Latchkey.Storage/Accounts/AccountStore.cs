using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Storage.Accounts;

/// <summary>Users as a whole. Logging in goes through ASP.NET Core Identity's <see cref="UserManager{TUser}"/>.</summary>
public sealed class AccountStore
{
    private readonly IPointReads _reads;
    private readonly ManagementWrites _writes;
    private readonly AccountEndings _endings;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;

    internal AccountStore(
        IPointReads reads, ManagementWrites writes, ClientStore clients, GrantSteps steps, IServiceScopeFactory scopes, TimeProvider clock)
    {
        _reads = reads;
        _writes = writes;
        _endings = new AccountEndings(reads, writes, clients, steps, clock);
        _scopes = scopes;
        _clock = clock;
    }

    /// <summary>One read by primary key.</summary>
    public ValueTask<UserProfile?> FindAsync(Guid id, CancellationToken cancellationToken = default) =>
        _reads.UserAsync(id, cancellationToken);

    public async Task<UserProfile?> FindByNameAsync(string userName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(userName);
        await using var scope = _scopes.CreateAsyncScope();
        var normalized = scope.ServiceProvider.GetRequiredService<ILookupNormalizer>().NormalizeName(userName);
        await using var db = _writes.OpenForReading();
        return await Profiles(db.Users.Where(u => u.NormalizedUserName == normalized)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<UserProfile>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return await Profiles(db.Users.OrderBy(u => u.NormalizedUserName)).ToListAsync(cancellationToken);
    }

    public async Task<AccountResult> CreateAsync(NewAccount account, string password, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        cancellationToken.ThrowIfCancellationRequested();
        var now = _clock.GetUtcNow();
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            UserName = account.UserName,
            Email = account.Email,
            EmailConfirmed = account.EmailConfirmed,
            Admin = account.Admin,
            CreatedAt = now,
        };
        await using var scope = _scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        try
        {
            var result = await users.CreateAsync(user, password);
            if (result.Succeeded)
            {
                await _writes.RunAsync((db, ct) => RecordAsync(db, AuditKinds.UserCreated, user.Id, ct), CancellationToken.None);
            }

            return AccountResult.Of(user, result);
        }
        catch (DbUpdateException)
        {
            // Someone took the name or address between Identity's check and the write; the unique index saw it.
            return AccountResult.Failed("The user name or e-mail address is already taken.");
        }
    }

    /// <summary>Sets a password without the old one, and ends every session. For operators.</summary>
    public async Task<AccountResult> ResetPasswordAsync(Guid id, string password, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var scope = _scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await users.FindByIdAsync(id.ToString()) is not { } user)
        {
            return AccountResult.Failed("There is no such user.");
        }

        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        if (result.Succeeded)
        {
            await users.SetLockoutEndDateAsync(user, null);
            await users.ResetAccessFailedCountAsync(user);
            await EndOtherSessionsAsync(id, keep: null, CancellationToken.None);
            await _writes.RunAsync((db, ct) => RecordAsync(db, AuditKinds.PasswordReset, id, ct), CancellationToken.None);
        }

        return AccountResult.Of(user, result);
    }

    /// <summary>
    /// Ends every session and grant of the user, and lets none begin. False when there is no such user. A very great many grants
    /// end in steps, after the user is disabled: when it throws, ask again.
    /// </summary>
    public Task<bool> DisableAsync(Guid id, CancellationToken cancellationToken = default) => _endings.DisableAsync(id, cancellationToken);

    /// <summary>Lets the user log in again; what was ended stays ended.</summary>
    public Task<bool> EnableAsync(Guid id, CancellationToken cancellationToken = default) => _endings.EnableAsync(id, cancellationToken);

    /// <summary>
    /// Erases the user, and the clients they registered, which nobody could look after. Grants stay as ended rows that name an
    /// id nobody has again, until they are swept. A user with a very great many is disabled first and goes when the last has
    /// ended: when it throws, ask again.
    /// </summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken = default) => _endings.DeleteAsync(id, cancellationToken);

    /// <summary>Ends the user's sessions but the one to keep; returns how many.</summary>
    public Task<int> EndOtherSessionsAsync(Guid id, Guid? keep, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            var ended = await db.Sessions.Where(s => s.UserId == id && s.Id != keep).ExecuteDeleteAsync(ct);
            await RecordAsync(db, AuditKinds.SessionsEnded, id, ct);
            return ended;
        },
        cancellationToken);

    private static IQueryable<UserProfile> Profiles(IQueryable<User> users) => users.AsNoTracking().Select(u => new UserProfile
    {
        Id = u.Id,
        Uid = u.Uid,
        UserName = u.UserName ?? "",
        Email = u.Email ?? "",
        EmailConfirmed = u.EmailConfirmed,
        TwoFactorEnabled = u.TwoFactorEnabled,
        Disabled = u.Disabled,
        Admin = u.Admin,
        Timezone = u.Timezone,
        CreatedAt = u.CreatedAt,
    });

    private async Task RecordAsync(LatchkeyDbContext db, string kind, Guid userId, CancellationToken cancellationToken)
    {
        db.AuditEvents.Add(new AuditEvent { Time = _clock.GetUtcNow(), Kind = kind, UserId = userId });
        await db.SaveChangesAsync(cancellationToken);
    }
}
