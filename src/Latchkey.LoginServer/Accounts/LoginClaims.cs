namespace Latchkey.LoginServer.Accounts;

/// <summary>What a login session's ticket says, in OpenID Connect's words.</summary>
internal static class LoginClaims
{
    public const string Subject = "sub";
    public const string Username = "preferred_username";
    public const string SessionId = "sid";
    public const string AuthenticatedAt = "auth_time";
}
