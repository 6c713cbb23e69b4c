namespace Latchkey.Core.Grants;

/// <summary>Why a grant ended, for the person and the operator who ask.</summary>
public enum RevocationReason
{
    /// <summary>The app expired its token (logout).</summary>
    ClientRequest = 1,

    /// <summary>The user withdrew it.</summary>
    UserRequest = 2,

    /// <summary>An operator ended it.</summary>
    Administrator = 3,

    /// <summary>Its code was redeemed a second time (RFC 6749 §4.1.2).</summary>
    CodeReplay = 4,

    /// <summary>A refresh token was used again after the retry window (RFC 9700 §4.14.2).</summary>
    RefreshTokenReuse = 5,

    /// <summary>The user was disabled or deleted.</summary>
    UserEnded = 6,

    /// <summary>The client was disabled or deleted.</summary>
    ClientEnded = 7,

    /// <summary>Its code was presented after it had expired.</summary>
    CodeExpired = 8,
}
