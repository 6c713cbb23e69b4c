using Latchkey.Storage.Accounts;
using Latchkey.Storage.SshKeys;

namespace Latchkey.LoginServer.Api.Users;

/// <summary><c>/account/users</c>: an account is one user's alone, so everybody else is as good as absent.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/account/users", ListAsync).Needs(ApiEndpoints.Read);
        api.MapGet("/account/users/{username}", ViewAsync).Needs(ApiEndpoints.Read);
        api.MapGet("/iam/users/{username}/permissions/account", PermissionsAsync).Needs(ApiEndpoints.Read);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AccountStore accounts, SshKeyStore keys) =>
        ApiJson.List(context, UserView.Fields, await UsersAsync(context, accounts, keys));

    private static async Task<IResult> ViewAsync(HttpContext context, AccountStore accounts, SshKeyStore keys, string username) =>
        (await UsersAsync(context, accounts, keys)).FirstOrDefault(u => u.Username == username) is { } user ? ApiJson.Ok(user) : ApiJson.NotFound(context);

    private static async Task<IResult> PermissionsAsync(HttpContext context, AccountStore accounts, string username) =>
        await accounts.FindAsync(context.Caller().UserId, context.RequestAborted) is { } user && user.UserName == username
            ? ApiJson.Ok(AccountPermissions.All)
            : ApiJson.NotFound(context);

    private static async Task<IReadOnlyList<UserView>> UsersAsync(HttpContext context, AccountStore accounts, SshKeyStore keys)
    {
        var id = context.Caller().UserId;
        return await accounts.FindAsync(id, context.RequestAborted) is { } user ? [UserView.Of(user, await keys.ListAsync(id, context.RequestAborted))] : [];
    }
}
