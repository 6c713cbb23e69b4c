namespace Latchkey.LoginServer.Api.OAuthClients;

/// <summary><c>/account/oauth-clients</c>: the clients the caller has registered. Another's are as good as absent.</summary>
internal static class OAuthClientEndpoints
{
    private const string One = "/account/oauth-clients/{id}";

    public static void MapOAuthClients(this IEndpointRouteBuilder api)
    {
        api.MapGet("/account/oauth-clients", (HttpContext c, OwnClients own) => own.ListAsync(c)).Needs(ApiEndpoints.Read);
        api.MapPost("/account/oauth-clients", (HttpContext c, OwnClients own) => own.CreateAsync(c)).Needs(ApiEndpoints.Write);
        api.MapGet(One, (HttpContext c, OwnClients own, string id) => own.ViewAsync(c, id)).Needs(ApiEndpoints.Read);
        api.MapPut(One, (HttpContext c, OwnClients own, string id) => own.UpdateAsync(c, id)).Needs(ApiEndpoints.Write);
        api.MapDelete(One, (HttpContext c, OwnClients own, string id) => own.RemoveAsync(c, id)).Needs(ApiEndpoints.Write);

        // The documentation writes it one way, Linode's Python library the other.
        foreach (var reset in (string[])["/reset-secret", "/reset_secret"])
        {
            api.MapPost(One + reset, (HttpContext c, OwnClients own, string id) => own.ResetSecretAsync(c, id)).Needs(ApiEndpoints.Write);
        }

        api.MapGet(One + "/thumbnail", ThumbnailEndpoint.GetAsync).Public();
        api.MapPut(One + "/thumbnail", ThumbnailEndpoint.PutAsync).Needs(ApiEndpoints.Write);
    }
}
