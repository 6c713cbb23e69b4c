using Latchkey.Core.Clients;
using Latchkey.LoginServer.Account;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Api.OAuthClients;

/// <summary>Registering, showing, changing and removing the caller's own clients.</summary>
internal sealed class OwnClients(
    ClientStore clients, ThumbnailStore thumbnails, IOptions<LoginServerOptions> options, IOptions<AccountOptions> account)
{
    /// <summary>Null when there is none or it is someone else's, which are told apart by nobody.</summary>
    public static async Task<Client?> FindAsync(ClientStore clients, HttpContext context, string id) =>
        await clients.FindAsync(id, context.RequestAborted) is { } client && client.OwnerId == context.Caller().UserId ? client : null;

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var own = await clients.ListAsync(context.Caller().UserId, context.RequestAborted);
        var pictured = await thumbnails.OfAsync([.. own.Select(c => c.Id)], context.RequestAborted);
        return ApiJson.List(context, OAuthClientView.Fields, own.Select(c => OAuthClientView.Of(c, pictured.Contains(c.Id), options.Value.Issuer)));
    }

    public async Task<IResult> ViewAsync(HttpContext context, string id) =>
        await FindAsync(clients, context, id) is { } client ? await ShowAsync(client, context) : ApiJson.NotFound(context);

    public Task<IResult> CreateAsync(HttpContext context) => ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
    {
        var request = OAuthClientRequest.Read(body, creating: true);
        if (body.Errors.Count > 0)
        {
            return ApiJson.Bad(body.Errors);
        }

        var added = await clients.AddOwnAsync(
            new NewClient
            {
                Label = request.Label!,
                RedirectUris = [request.RedirectUri!],
                Public = request.Public ?? false,
                SecretThoughPublic = true,
                OwnerId = context.Caller().UserId,
            },
            account.Value.MaxClients,
            context.RequestAborted);
        return added is null
            ? ApiJson.Bad(new ApiError($"A user may have {account.Value.MaxClients} OAuth apps."))
            : await ShowAsync(added.Client, context, added.Secret);
    });

    public Task<IResult> UpdateAsync(HttpContext context, string id) => ApiBody.ReadAsync(context, mayBeEmpty: false, async body =>
    {
        if (await FindAsync(clients, context, id) is not { } client)
        {
            return ApiJson.NotFound(context);
        }

        var request = OAuthClientRequest.Read(body, creating: false);
        if (request.Public is { } wanted && wanted != client.Public)
        {
            body.Refuse("public", "public cannot be changed; register another client.");
        }

        if (body.Errors.Count > 0)
        {
            return ApiJson.Bad(body.Errors);
        }

        // A client whose operator gave it several keeps them when the one shown here comes back unchanged.
        var redirectUris = request.RedirectUri is { } uri && !(client.RedirectUris is [var shown, ..] && shown == uri) ? (string[])[uri] : null;
        await clients.UpdateAsync(id, context.Caller().UserId, request.Label, redirectUris, context.RequestAborted);
        return await ViewAsync(context, id);
    });

    public async Task<IResult> RemoveAsync(HttpContext context, string id) =>
        await clients.RemoveAsync(id, context.Caller().UserId, context.RequestAborted)
            ? ApiJson.Done()
            : ApiJson.NotFound(context);

    public async Task<IResult> ResetSecretAsync(HttpContext context, string id)
    {
        if (await FindAsync(clients, context, id) is null)
        {
            return ApiJson.NotFound(context);
        }

        return await clients.ResetSecretAsync(id, context.Caller().UserId, context.RequestAborted) is { } reset
            ? await ShowAsync(reset.Client, context, reset.Secret)
            : ApiJson.Bad(new ApiError("A public client has no secret."));
    }

    private async Task<IResult> ShowAsync(Client client, HttpContext context, ClientSecret? secret = null)
    {
        var pictured = await thumbnails.OfAsync([client.Id], context.RequestAborted);
        return ApiJson.Ok(OAuthClientView.Of(client, pictured.Count > 0, options.Value.Issuer, secret));
    }
}
