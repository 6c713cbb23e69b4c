using Latchkey.Storage.Accounts;
using Latchkey.Storage.Customers;

namespace Latchkey.LoginServer.Api.Accounts;

/// <summary><c>/account</c> and <c>/account/settings</c>: the caller as a customer. An account is one user's alone.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder api)
    {
        api.MapGet("/account", ShowAsync).Needs(ApiEndpoints.Read);
        api.MapPut("/account", ChangeAsync).Needs(ApiEndpoints.Write);
        api.MapGet("/account/settings", ShowSettingsAsync).Needs(ApiEndpoints.Read);
        api.MapPut("/account/settings", ChangeSettingsAsync).Needs(ApiEndpoints.Write);
        api.MapGet("/account/transfer", () => ApiJson.Ok(TransferView.Unmeasured)).Needs(ApiEndpoints.Read);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AccountStore accounts, CustomerStore customers)
    {
        var id = context.Caller().UserId;
        return await accounts.FindAsync(id, context.RequestAborted) is { } user
            ? ApiJson.Ok(AccountView.Of(user, await customers.ContactAsync(id, context.RequestAborted)))
            : ApiJson.Refuse(context, ApiRefusal.InvalidToken);
    }

    private static Task<IResult> ChangeAsync(HttpContext context, AccountStore accounts, CustomerStore customers) =>
        ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
        {
            var request = new ContactRequest(body);
            if (body.Errors.Count > 0)
            {
                return ApiJson.Bad(body.Errors);
            }

            var found = await customers.ChangeContactAsync(context.Caller().UserId, c => request.ApplyTo(c, body), context.RequestAborted);
            return body.Errors.Count > 0 ? ApiJson.Bad(body.Errors)
                : found ? await ShowAsync(context, accounts, customers)
                : ApiJson.Refuse(context, ApiRefusal.InvalidToken);
        });

    private static async Task<IResult> ShowSettingsAsync(HttpContext context, CustomerStore customers) =>
        ApiJson.Ok(SettingsView.Of(await customers.DefaultsAsync(context.Caller().UserId, context.RequestAborted)));

    private static Task<IResult> ChangeSettingsAsync(HttpContext context, CustomerStore customers) =>
        ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
        {
            bool? backups = body.Bool("backups_enabled"), helper = body.Bool("network_helper");
            if (body.Errors.Count > 0)
            {
                return ApiJson.Bad(body.Errors);
            }

            return await customers.ChangeDefaultsAsync(context.Caller().UserId, backups, helper, context.RequestAborted)
                ? await ShowSettingsAsync(context, customers)
                : ApiJson.Refuse(context, ApiRefusal.InvalidToken);
        });
}
