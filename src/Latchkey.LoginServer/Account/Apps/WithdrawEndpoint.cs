using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Pages;
using Latchkey.Storage.Consents;

namespace Latchkey.LoginServer.Account.Apps;

/// <summary>Takes back what a person agreed to for one app; its codes and tokens are dead in the same transaction.</summary>
internal sealed class WithdrawEndpoint(ConsentStore consents)
{
    public async Task<IResult> WithdrawAsync(HttpContext context, int id) =>
        await consents.WithdrawAsync(id, LoginSession.Of(context.User)!.UserId, context.RequestAborted)
            ? new SeeOther(AccountPaths.Overview)
            : Results.StatusCode(StatusCodes.Status404NotFound);
}
