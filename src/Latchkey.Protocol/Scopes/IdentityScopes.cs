namespace Latchkey.Protocol;

/// <summary>The scopes of OpenID Connect, which stand beside the hierarchy: <c>*</c> does not contain them.</summary>
/// <remarks>OpenID Connect Core §5.4, §11.</remarks>
public static class IdentityScopes
{
    /// <summary><c>openid</c></summary>
    public const string OpenId = "openid";

    /// <summary><c>profile</c></summary>
    public const string Profile = "profile";

    /// <summary><c>email</c></summary>
    public const string Email = "email";

    /// <summary><c>offline_access</c></summary>
    public const string OfflineAccess = "offline_access";

    private static readonly string[] Names = [OpenId, Profile, Email, OfflineAccess];

    /// <summary>All four, in the order in which they are written.</summary>
    public static IReadOnlyList<string> All => Names;

    internal static int IndexOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (text.SequenceEqual(Names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
