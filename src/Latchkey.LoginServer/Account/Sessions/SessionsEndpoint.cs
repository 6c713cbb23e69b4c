using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Pages;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Sessions;

namespace Latchkey.LoginServer.Account.Sessions;

/// <summary>Ends a person's logins in other browsers.</summary>
internal sealed class SessionsEndpoint(SessionStore sessions, AccountStore accounts, AuditLog audit, TimeProvider clock)
{
    public async Task<IResult> EndAsync(HttpContext context, Guid id)
    {
        var login = LoginSession.Of(context.User)!;
        if (!await sessions.DeleteAsync(id, login.UserId, context.RequestAborted))
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        // It has ended; that has to be known even when the browser that asked is gone by now.
        await audit.WriteAsync(LoginAudit.LoggedOut(context, login.UserId, clock.GetUtcNow()), CancellationToken.None);
        return new SeeOther(AccountPaths.Overview);
    }

    public async Task<IResult> EndOthersAsync(HttpContext context)
    {
        var login = LoginSession.Of(context.User)!;
        await accounts.EndOtherSessionsAsync(login.UserId, login.SessionId, context.RequestAborted);
        return new SeeOther(AccountPaths.Overview);
    }
}
