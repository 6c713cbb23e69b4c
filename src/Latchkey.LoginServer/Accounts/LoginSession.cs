using System.Globalization;
using System.Security.Claims;
using Latchkey.Core.Authorization;
using Latchkey.Storage.Model;
using Microsoft.AspNetCore.Authentication;

namespace Latchkey.LoginServer.Accounts;

/// <summary>Who is logged in with the browser that sent this request.</summary>
internal sealed record LoginSession(Guid UserId, Guid SessionId, string Username, DateTimeOffset AuthenticatedAt)
{
    public const string Scheme = "Latchkey";

    public LoginFacts Facts => new(UserId, SessionId, AuthenticatedAt);

    /// <summary>Null when nobody is.</summary>
    public static LoginSession? Of(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(LoginClaims.Subject), out var user)
        && Guid.TryParse(principal.FindFirstValue(LoginClaims.SessionId), out var session)
        && principal.FindFirstValue(LoginClaims.Username) is { } name
        && long.TryParse(principal.FindFirstValue(LoginClaims.AuthenticatedAt), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? new LoginSession(user, session, name, DateTimeOffset.FromUnixTimeMilliseconds(at))
            : null;

    public static AuthenticationTicket NewTicket(User user, DateTimeOffset now, LoginSessionOptions options)
    {
        var identity = new ClaimsIdentity(
            [
                new(LoginClaims.Subject, user.Id.ToString("D")),
                new(LoginClaims.Username, user.UserName!),
                new(LoginClaims.SessionId, Guid.CreateVersion7(now).ToString("D")),
                new(LoginClaims.AuthenticatedAt, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            ],
            Scheme,
            LoginClaims.Username,
            roleType: null);
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.Absolute, AllowRefresh = false };
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme);
    }
}
