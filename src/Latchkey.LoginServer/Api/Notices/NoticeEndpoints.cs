using Latchkey.Storage.Accounts;

namespace Latchkey.LoginServer.Api.Notices;

/// <summary><c>/account/notifications</c> and <c>/account/maintenance</c>: what the caller should know of now.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/account/notifications", ListAsync).Needs(ApiEndpoints.Read);
        api.MapGet("/account/maintenance", (HttpContext context) => ApiJson.List(context, MaintenanceView.Fields, [])).Needs(ApiEndpoints.AnyToken);
    }

    private static async Task<IResult> ListAsync(HttpContext context, AccountStore accounts) =>
        await accounts.FindAsync(context.Caller().UserId, context.RequestAborted) is { } user
            ? ApiJson.List(context, NotificationView.Fields, NotificationView.Of(user))
            : ApiJson.Refuse(context, ApiRefusal.InvalidToken);
}
