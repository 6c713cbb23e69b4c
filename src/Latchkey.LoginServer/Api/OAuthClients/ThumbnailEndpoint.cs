using Latchkey.Core.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Api.OAuthClients;

/// <summary>The picture of a client: its owner sets it, everyone may see it.</summary>
internal static class ThumbnailEndpoint
{
    private const int MaxBytes = 256 * 1024;
    private const string Png = "image/png";

    public static async Task<IResult> GetAsync(HttpContext context, ThumbnailStore thumbnails, string id) =>
        await thumbnails.FindAsync(id, context.RequestAborted) is { } png ? Results.Bytes(png, Png) : ApiJson.NotFound(context);

    public static async Task<IResult> PutAsync(HttpContext context, ClientStore clients, ThumbnailStore thumbnails, string id)
    {
        if (await OwnClients.FindAsync(clients, context, id) is null)
        {
            return ApiJson.NotFound(context);
        }

        if (!ApiBody.Is(context.Request, Png))
        {
            return ApiJson.Refuse(context, ApiRefusal.NotPng);
        }

        if (await ApiBody.BytesAsync(context.Request, MaxBytes, context.RequestAborted) is not { } bytes)
        {
            return ApiJson.Refuse(context, ApiRefusal.TooLarge);
        }

        if (ThumbnailRules.Problem(bytes) is { } problem)
        {
            return ApiJson.Bad(new ApiError(problem));
        }

        return await thumbnails.ReplaceAsync(id, bytes, context.RequestAborted) ? ApiJson.Done() : ApiJson.NotFound(context);
    }
}
