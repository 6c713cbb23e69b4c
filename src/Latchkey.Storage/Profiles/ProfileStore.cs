using System.Security.Cryptography;
using System.Text.Json;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Profiles;

/// <summary>What users say about themselves. All of a change happens, or none of it.</summary>
public sealed class ProfileStore
{
    private readonly ManagementWrites _writes;
    private readonly UpperInvariantLookupNormalizer _normalizer = new();
    private readonly TimeProvider _clock;

    internal ProfileStore(ManagementWrites writes, TimeProvider clock)
    {
        _writes = writes;
        _clock = clock;
    }

    /// <summary>What a new user has, when nothing was chosen.</summary>
    public async Task<ProfileSettings> SettingsAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        var row = await db.SettingsToReadAsync(userId, cancellationToken);
        return new ProfileSettings(row.EmailNotifications, row.LishAuthMethod, row.AuthorizedKeys is null ? [] : JsonSerializer.Deserialize<string[]>(row.AuthorizedKeys)!);
    }

    /// <summary>Takes over what is not null. A new address counts as unproven until its owner confirms it.</summary>
    public Task<ProfileOutcome> ChangeAsync(Guid userId, ProfileChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _writes.RunAsync((db, ct) => ChangeAsync(db, userId, change, ct), cancellationToken);
    }

    private async Task<ProfileOutcome> ChangeAsync(LatchkeyDbContext db, Guid userId, ProfileChange change, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);
        if (user is null || await db.SettingsToChangeAsync(userId, cancellationToken) is not { } settings)
        {
            return ProfileOutcome.NoSuchUser;
        }

        var changed = new List<string>();
        if (change.Email is { } email && email != user.Email)
        {
            var normalized = _normalizer.NormalizeEmail(email);
            if (await db.Users.AnyAsync(u => u.NormalizedEmail == normalized && u.Id != userId, cancellationToken))
            {
                return ProfileOutcome.EmailTaken;
            }

            user.Email = email;
            user.NormalizedEmail = normalized;
            user.EmailConfirmed = false;

            // What was mailed to the old address opens nothing any more.
            user.SecurityStamp = RandomNumberGenerator.GetHexString(32);
            changed.Add("email");
        }

        if (change.Timezone is { } timezone && timezone != user.Timezone)
        {
            user.Timezone = timezone;
            changed.Add("timezone");
        }

        if (changed.Count > 0)
        {
            // Identity saves a user whole: whoever loaded this one before is refused.
            user.ConcurrencyStamp = Guid.CreateVersion7(_clock.GetUtcNow()).ToString();
        }

        changed.AddRange(Take(settings, change));
        if (changed.Count > 0)
        {
            db.AuditEvents.Add(new AuditEvent
            {
                Time = _clock.GetUtcNow(),
                Kind = AuditKinds.ProfileChanged,
                ActorId = userId,
                Detail = string.Join(", ", changed),
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        return ProfileOutcome.Changed;
    }

    private static IEnumerable<string> Take(UserSettingsRow settings, ProfileChange change)
    {
        if (change.EmailNotifications is { } notifications && notifications != settings.EmailNotifications)
        {
            settings.EmailNotifications = notifications;
            yield return "email_notifications";
        }

        if (change.LishAuthMethod is { } method && method != settings.LishAuthMethod)
        {
            settings.LishAuthMethod = method;
            yield return "lish_auth_method";
        }

        var keys = change.AuthorizedKeys is { Count: > 0 } some ? JsonSerializer.Serialize(some) : null;
        if (change.AuthorizedKeys is not null && keys != settings.AuthorizedKeys)
        {
            settings.AuthorizedKeys = keys;
            yield return "authorized_keys";
        }
    }
}
