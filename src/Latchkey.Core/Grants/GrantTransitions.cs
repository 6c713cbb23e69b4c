using System.Diagnostics;

namespace Latchkey.Core.Grants;

/// <summary>What a row becomes by a write that was applied, so that nobody has to read back what they wrote.</summary>
public static class GrantTransitions
{
    /// <param name="write">Any but <see cref="GrantWrite.Forget"/>, which leaves none.</param>
    public static Grant After(this Grant grant, GrantWrite write) => write switch
    {
        GrantWrite.Insert w => w.Grant,
        GrantWrite.Redeem w => grant with { State = GrantState.Active, Generation = 1, RotatedAt = w.At, ExpiresAt = w.ExpiresAt },
        GrantWrite.Rotate w => grant with { Generation = w.FromGeneration + 1, RotatedAt = w.At },
        GrantWrite.Revoke w => grant with { State = GrantState.Revoked, RevokedAt = w.At, RevokedWhy = w.Why },
        _ => throw new UnreachableException(),
    };
}
