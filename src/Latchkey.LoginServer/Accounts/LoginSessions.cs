using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Accounts;

/// <summary>Begins and ends login sessions.</summary>
internal sealed class LoginSessions(
    IAuthenticationSchemeProvider schemes, SessionStore store, AuditLog audit, TimeProvider clock, IOptions<LoginSessionOptions> options)
{
    /// <summary>
    /// A new session under a new key. What the browser brought along ends first: a cookie planted before the login opens
    /// nothing after it (OWASP ASVS V7.2.4).
    /// </summary>
    /// <exception cref="UserEndedException">The user was disabled or deleted since the password was checked.</exception>
    public async Task BeginAsync(HttpContext context, User user)
    {
        if (LoginSession.Of(context.User) is { } before)
        {
            await store.DeleteAsync(before.SessionId, before.UserId, context.RequestAborted);
        }

        // The handler of this request remembers the key it read and would renew the session under it; another one starts afresh.
        var handler = context.RequestServices.GetRequiredService<CookieAuthenticationHandler>();
        var scheme = await schemes.GetSchemeAsync(LoginSession.Scheme)
            ?? throw new InvalidOperationException("AddLatchkeyLoginServer registers the scheme.");
        await handler.InitializeAsync(scheme, context);
        var now = clock.GetUtcNow();
        var ticket = LoginSession.NewTicket(user, now, options.Value);
        await handler.SignInAsync(ticket.Principal, ticket.Properties);
        await audit.WriteAsync(LoginAudit.LoggedIn(context, user.Id, now), context.RequestAborted);
    }

    public async Task EndAsync(HttpContext context, LoginSession session)
    {
        await context.SignOutAsync(LoginSession.Scheme);
        await audit.WriteAsync(LoginAudit.LoggedOut(context, session.UserId, clock.GetUtcNow()), context.RequestAborted);
    }
}
