using System.Security.Claims;
using Latchkey.Storage.Sessions;
using Microsoft.AspNetCore.Authentication;

namespace Latchkey.LoginServer.Accounts;

/// <summary>
/// What stands in the login's cookie: the session's key and nothing else. The framework would seal a ticket around it, which
/// costs every request a decryption and protects nothing: 256 random bits cannot be guessed, and the database knows only
/// their hash.
/// </summary>
internal sealed class SessionCookie : ISecureDataFormat<AuthenticationTicket>
{
    // How the cookie handler names the session's key to its format; it has no public name for it.
    private const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    public string Protect(AuthenticationTicket data) =>
        data.Principal.FindFirstValue(KeyClaim) ?? throw new ArgumentException("A login's ticket stays in the database; its key is missing.", nameof(data));

    public string Protect(AuthenticationTicket data, string? purpose) => Protect(data);

    /// <summary>Null for what has not the shape of a key; whether it is one, the store says.</summary>
    public AuthenticationTicket? Unprotect(string? protectedText) => SessionKey.TryParse(protectedText, out var key)
        ? new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyClaim, key.Reveal())])), LoginSession.Scheme)
        : null;

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Unprotect(protectedText);
}
