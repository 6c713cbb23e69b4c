using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Api.Logins;

/// <summary>
/// <c>/profile/logins</c> and <c>/account/logins</c>: who has logged in as the caller, and who has tried to, in the last 90 days. An
/// account is one user's alone, so the two are the same list.
/// </summary>
internal static class LoginEndpoints
{
    private static readonly string[] Kinds = [AuditKinds.LoggedIn, AuditKinds.LoginFailed];

    public static void MapLogins(this IEndpointRouteBuilder api)
    {
        foreach (var logins in (string[])["/profile/logins", "/account/logins"])
        {
            api.MapGet(logins, ListAsync).Needs(ApiEndpoints.Read);
            api.MapGet(logins + "/{id}", ViewAsync).Needs(ApiEndpoints.Read);
        }
    }

    private static async Task<IResult> ListAsync(HttpContext context, UserEventStore events, AccountStore accounts) =>
        ApiJson.List(context, LoginView.Fields, await LoginsAsync(context, events, accounts));

    private static async Task<IResult> ViewAsync(HttpContext context, UserEventStore events, AccountStore accounts, string id) =>
        ApiId.TryReadLarge(id, out var number) && (await LoginsAsync(context, events, accounts)).FirstOrDefault(l => l.Id == number) is { } login
            ? ApiJson.Ok(login)
            : ApiJson.NotFound(context);

    private static async Task<IEnumerable<LoginView>> LoginsAsync(HttpContext context, UserEventStore events, AccountStore accounts)
    {
        var id = context.Caller().UserId;
        var name = (await accounts.FindAsync(id, context.RequestAborted))?.UserName ?? "";
        return (await events.ListAsync(id, Kinds, context.RequestAborted)).Select(l => LoginView.Of(l, name));
    }
}
