using Latchkey.Core.Clients;
using Latchkey.LoginServer.Accounts;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Account.Clients;

/// <summary>The OAuth apps that the person who asks has registered; nobody else's can be found or changed here.</summary>
internal sealed class OwnClients(ClientStore clients)
{
    public Task<IReadOnlyList<Client>> ListAsync(HttpContext context) => clients.ListAsync(OwnerOf(context), context.RequestAborted);

    /// <summary>Null when there is none, or it is not theirs: the two look the same.</summary>
    public async Task<Client?> FindAsync(HttpContext context, string id) =>
        await clients.FindAsync(id, context.RequestAborted) is { OwnerId: { } owner } client && owner == OwnerOf(context) ? client : null;

    /// <summary>Null when they have <paramref name="most"/> already.</summary>
    public Task<RegisteredClient?> AddAsync(HttpContext context, ClientForm form, int most)
    {
        var client = new NewClient { Label = form.Label, RedirectUris = form.RedirectUris, Public = form.Public, OwnerId = OwnerOf(context) };
        return clients.AddOwnAsync(client, most, context.RequestAborted);
    }

    /// <summary>False when it is gone.</summary>
    public Task<bool> ChangeAsync(HttpContext context, string id, ClientForm form) =>
        clients.UpdateAsync(id, OwnerOf(context), form.Label, form.RedirectUris, context.RequestAborted);

    /// <summary>Null when there is none, or it has no secret.</summary>
    public Task<RegisteredClient?> ResetSecretAsync(HttpContext context, string id) =>
        clients.ResetSecretAsync(id, OwnerOf(context), context.RequestAborted);

    /// <summary>False when there is none.</summary>
    public Task<bool> RemoveAsync(HttpContext context, string id) => clients.RemoveAsync(id, OwnerOf(context), context.RequestAborted);

    private static Guid OwnerOf(HttpContext context) => LoginSession.Of(context.User)!.UserId;
}
