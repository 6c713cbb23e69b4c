using Latchkey.LoginServer.Account.Sessions;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Pages;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Sessions;

namespace Latchkey.LoginServer.Account;

/// <summary>Who can act as this person right now: apps, and browsers.</summary>
internal sealed class OverviewEndpoint(ConsentStore consents, SessionStore sessions)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var login = LoginSession.Of(context.User)!;
        var apps = await consents.ListAsync(login.UserId, context.RequestAborted);
        var living = await sessions.ListAsync(login.UserId, context.RequestAborted);
        return Page.Of<OverviewPage>(
            (nameof(OverviewPage.Username), login.Username),
            (nameof(OverviewPage.Apps), apps),
            (nameof(OverviewPage.Sessions), ListedSession.Of(living, login.SessionId)));
    }
}
