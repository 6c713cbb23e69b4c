using System.Globalization;
using System.Security.Claims;
using Latchkey.Core.Authorization;
using Latchkey.Storage.Model;
using Latchkey.Storage.Sessions;
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

    public static AuthenticationTicket NewTicket(User user, DateTimeOffset now, LoginSessionOptions options) => new(
        PrincipalOf(user.Id, user.UserName!, Guid.CreateVersion7(now), now),
        new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.Absolute, AllowRefresh = false },
        Scheme);

    /// <summary>A session is begun by a login and by nothing else, so its birth is when the person proved who they are.</summary>
    public static AuthenticationTicket TicketOf(Session session) =>
        new(PrincipalOf(session.UserId, session.UserName, session.Id, session.CreatedAt), Scheme);

    private static ClaimsPrincipal PrincipalOf(Guid user, string name, Guid session, DateTimeOffset authenticatedAt) => new(new ClaimsIdentity(
        [
            new(LoginClaims.Subject, user.ToString("D")),
            new(LoginClaims.Username, name),
            new(LoginClaims.SessionId, session.ToString("D")),
            new(LoginClaims.AuthenticatedAt, authenticatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
        ],
        Scheme,
        LoginClaims.Username,
        roleType: null));
}
