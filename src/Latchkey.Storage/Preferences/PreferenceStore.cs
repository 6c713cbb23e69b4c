using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Preferences;

/// <summary>What a user's clients keep here about how they like things: one JSON object, which nothing here looks into.</summary>
public sealed class PreferenceStore
{
    private readonly ManagementWrites _writes;

    internal PreferenceStore(ManagementWrites writes) => _writes = writes;

    /// <summary>Null when nothing was kept.</summary>
    public async Task<string?> FindAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return await db.Preferences.Where(p => p.UserId == userId).Select(p => p.Json).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Replaces what was there. False when the user is gone.</summary>
    public Task<bool> ReplaceAsync(Guid userId, string json, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (await db.Preferences.SingleOrDefaultAsync(p => p.UserId == userId, ct) is { } row)
            {
                row.Json = json;
            }
            else if (await db.Users.AnyAsync(u => u.Id == userId, ct))
            {
                db.Preferences.Add(new PreferencesRow { UserId = userId, Json = json });
            }
            else
            {
                return false;
            }

            await db.SaveChangesAsync(ct);
            return true;
        },
        cancellationToken);
}
