namespace Latchkey.AspNetCore;

/// <summary>What <c>AddLatchkeyBearer</c> uses unless told otherwise.</summary>
public static class LatchkeyBearerDefaults
{
    /// <summary>The name of the scheme.</summary>
    public const string AuthenticationScheme = "LatchkeyBearer";
}
