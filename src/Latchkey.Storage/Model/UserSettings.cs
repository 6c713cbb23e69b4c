using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Model;

internal static class UserSettings
{
    /// <summary>The row to change, made when there is none yet; null when the user is gone. Inside a management write.</summary>
    public static async Task<UserSettingsRow?> SettingsToChangeAsync(this LatchkeyDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var row = await db.UserSettings.SingleOrDefaultAsync(s => s.UserId == userId, cancellationToken);
        if (row is null && await db.Users.AnyAsync(u => u.Id == userId, cancellationToken))
        {
            row = new UserSettingsRow { UserId = userId };
            db.UserSettings.Add(row);
        }

        return row;
    }

    /// <summary>The row as it is kept, or what a user without one has.</summary>
    public static async Task<UserSettingsRow> SettingsToReadAsync(this LatchkeyDbContext db, Guid userId, CancellationToken cancellationToken) =>
        await db.UserSettings.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == userId, cancellationToken) ?? new UserSettingsRow { UserId = userId };
}
