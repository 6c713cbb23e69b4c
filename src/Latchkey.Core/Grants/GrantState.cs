namespace Latchkey.Core.Grants;

/// <summary>Where a grant stands; it only moves forward.</summary>
public enum GrantState
{
    /// <summary>A code was issued and not yet redeemed.</summary>
    Pending = 0,

    /// <summary>The code was redeemed: access and refresh tokens live.</summary>
    Active = 1,

    /// <summary>Everything issued from it is dead, for good.</summary>
    Revoked = 2,
}
