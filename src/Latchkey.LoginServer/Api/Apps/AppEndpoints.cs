using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Api.Apps;

/// <summary><c>/profile/apps</c>: what the caller has agreed to. Deleting one withdraws the consent and ends every grant on it.</summary>
internal static class AppEndpoints
{
    public static void MapApps(this IEndpointRouteBuilder api)
    {
        api.MapGet("/profile/apps", ListAsync).Needs(ApiEndpoints.Read);
        api.MapGet("/profile/apps/{id}", ViewAsync).Needs(ApiEndpoints.Read);
        api.MapDelete("/profile/apps/{id}", WithdrawAsync).Needs(ApiEndpoints.Write);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, ConsentStore consents, ThumbnailStore thumbnails, IOptions<LoginServerOptions> options) =>
        ApiJson.List(context, AppView.Fields, await AppsAsync(context, consents, thumbnails, options));

    private static async Task<IResult> ViewAsync(
        HttpContext context, ConsentStore consents, ThumbnailStore thumbnails, IOptions<LoginServerOptions> options, string id) =>
        ApiId.TryRead(id, out var number) && (await AppsAsync(context, consents, thumbnails, options)).FirstOrDefault(a => a.Id == number) is { } app
            ? ApiJson.Ok(app)
            : ApiJson.NotFound(context);

    private static async Task<IResult> WithdrawAsync(HttpContext context, ConsentStore consents, string id) =>
        ApiId.TryRead(id, out var number) && await consents.WithdrawAsync(number, context.Caller().UserId, context.RequestAborted)
            ? ApiJson.Done()
            : ApiJson.NotFound(context);

    private static async Task<IReadOnlyList<AppView>> AppsAsync(
        HttpContext context, ConsentStore consents, ThumbnailStore thumbnails, IOptions<LoginServerOptions> options) =>
        await AppView.OfAsync(
            await consents.ListAsync(context.Caller().UserId, context.RequestAborted), thumbnails, options.Value.Issuer, context.RequestAborted);
}
