namespace Latchkey.Linode;

/// <summary>What a refusal means for the app.</summary>
public enum OAuthRefusalKind
{
    /// <summary>Anything not listed here; <see cref="OAuthRefusal.Error"/> says what.</summary>
    RequestRejected = 0,

    /// <summary>The person said no, or gave nothing. Show a page that says so, with a way to try again.</summary>
    AccessDenied = 1,

    /// <summary>The callback does not belong to this login (RFC 9700 §4.7). Nothing was sent to the server.</summary>
    WrongState = 2,

    /// <summary>The callback comes from another login server than the one asked (RFC 9207 §2.4). Nothing was sent.</summary>
    WrongIssuer = 3,

    /// <summary>The code or refresh token is dead. Send the person to log in again.</summary>
    LogInAgain = 4,

    /// <summary>The client id or secret is wrong, or the client is disabled. An operator has to look.</summary>
    ClientRejected = 5,
}
