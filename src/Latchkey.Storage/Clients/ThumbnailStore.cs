using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Clients;

/// <summary>The small pictures of clients. The caller has checked that they are pictures.</summary>
public sealed class ThumbnailStore
{
    private readonly ManagementWrites _writes;

    internal ThumbnailStore(ManagementWrites writes) => _writes = writes;

    /// <summary>Null when the client has none or is none.</summary>
    public async Task<byte[]?> FindAsync(string clientId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return await db.ClientThumbnails.Where(t => t.ClientId == clientId).Select(t => t.Png).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Which of these clients have one.</summary>
    public async Task<IReadOnlySet<string>> OfAsync(IReadOnlyCollection<string> clientIds, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return (await db.ClientThumbnails.Where(t => clientIds.Contains(t.ClientId)).Select(t => t.ClientId).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Replaces the one that was there. False when there is no such client.</summary>
    public Task<bool> ReplaceAsync(string clientId, byte[] png, CancellationToken cancellationToken = default) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (await db.ClientThumbnails.SingleOrDefaultAsync(t => t.ClientId == clientId, ct) is { } row)
            {
                row.Png = png;
            }
            else if (await db.Clients.AnyAsync(c => c.Id == clientId, ct))
            {
                db.ClientThumbnails.Add(new ClientThumbnailRow { ClientId = clientId, Png = png });
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
