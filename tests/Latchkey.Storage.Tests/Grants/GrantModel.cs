using System.Diagnostics;
using Latchkey.Core.Grants;

namespace Latchkey.Storage.Tests.Grants;

/// <summary>The rules of <see cref="GrantWrite"/>, as plainly as they can be said.</summary>
internal static class GrantModel
{
    public static bool Apply(Dictionary<Guid, Grant> rows, GrantWrite write)
    {
        var row = rows.GetValueOrDefault(write.Id);
        if (write is GrantWrite.Forget forget)
        {
            return row is not null && row.State == forget.State && row.Generation == forget.Generation && rows.Remove(write.Id);
        }

        var next = write switch
        {
            GrantWrite.Insert insert => row is null ? insert.Grant : null,
            GrantWrite.Redeem redeem => row is { State: GrantState.Pending, Generation: 0 }
                ? row with { State = GrantState.Active, Generation = 1, RotatedAt = redeem.At, ExpiresAt = redeem.ExpiresAt }
                : null,
            GrantWrite.Rotate rotate => row is { State: GrantState.Active } && row.Generation == rotate.FromGeneration
                ? row with { Generation = row.Generation + 1, RotatedAt = rotate.At }
                : null,
            GrantWrite.Revoke revoke => row is { State: not GrantState.Revoked }
                ? row with { State = GrantState.Revoked, RevokedAt = revoke.At, RevokedWhy = revoke.Why }
                : null,
            _ => throw new UnreachableException(),
        };
        if (next is not null)
        {
            rows[write.Id] = next;
        }

        return next is not null;
    }
}
