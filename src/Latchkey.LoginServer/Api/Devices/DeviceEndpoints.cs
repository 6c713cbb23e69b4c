using Latchkey.LoginServer.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Sessions;

namespace Latchkey.LoginServer.Api.Devices;

/// <summary><c>/profile/devices</c>: where the caller is logged in. Deleting one logs that browser out.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/profile/devices", ListAsync).Needs(ApiEndpoints.Read);
        api.MapGet("/profile/devices/{id}", ViewAsync).Needs(ApiEndpoints.Read);
        api.MapDelete("/profile/devices/{id}", EndAsync).Needs(ApiEndpoints.Write);
    }

    private static async Task<IResult> ListAsync(HttpContext context, SessionStore sessions) => ApiJson.List(
        context, DeviceView.Fields, (await sessions.ListAsync(context.Caller().UserId, context.RequestAborted)).Select(DeviceView.Of));

    private static async Task<IResult> ViewAsync(HttpContext context, SessionStore sessions, string id) =>
        await FindAsync(context, sessions, id) is { } session ? ApiJson.Ok(DeviceView.Of(session)) : ApiJson.NotFound(context);

    private static async Task<IResult> EndAsync(HttpContext context, SessionStore sessions, AuditLog audit, TimeProvider clock, string id)
    {
        var user = context.Caller().UserId;
        if (await FindAsync(context, sessions, id) is not { } session || !await sessions.DeleteAsync(session.Id, user, context.RequestAborted))
        {
            return ApiJson.NotFound(context);
        }

        // It has ended; that has to be known even when whoever asked is gone by now.
        await audit.WriteAsync(LoginAudit.LoggedOut(context, user, clock.GetUtcNow()), CancellationToken.None);
        return ApiJson.Done();
    }

    private static async Task<Session?> FindAsync(HttpContext context, SessionStore sessions, string id) => ApiId.TryRead(id, out var number)
        ? (await sessions.ListAsync(context.Caller().UserId, context.RequestAborted)).FirstOrDefault(s => DeviceView.IdOf(s.Id) == number)
        : null;
}
