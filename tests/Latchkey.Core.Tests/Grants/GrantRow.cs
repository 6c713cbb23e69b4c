using Latchkey.Core.Grants;

namespace Latchkey.Core.Tests.Grants;

/// <summary>One row of a store that applies each write only if the row stands as the write says.</summary>
internal sealed class GrantRow
{
    public Grant? Grant { get; private set; }

    public bool Apply(GrantWrite write)
    {
        var stands = write switch
        {
            GrantWrite.Insert => Grant is null,
            GrantWrite.Redeem => Grant is { State: GrantState.Pending, Generation: 0 },
            GrantWrite.Rotate w => Grant is { State: GrantState.Active } && Grant.Generation == w.FromGeneration,
            GrantWrite.Revoke => Grant is { State: GrantState.Pending or GrantState.Active },
            _ => false,
        };
        Grant = !stands ? Grant : write is GrantWrite.Insert insert ? insert.Grant : Grant!.After(write);
        return stands;
    }
}
