namespace Latchkey.LoginServer.Pages;

internal static class AssetEndpoint
{
    public static async Task ServeAsync(HttpContext context)
    {
        if (PageAssets.Find((string?)context.Request.RouteValues["name"] ?? "") is not { } asset)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.ContentType = asset.ContentType;
        context.Response.ContentLength = asset.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(asset.Bytes, context.RequestAborted);
        }
    }
}
