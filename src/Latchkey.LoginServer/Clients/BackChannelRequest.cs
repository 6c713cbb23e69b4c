using Latchkey.Core.Clients;
using Latchkey.LoginServer.Accounts;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Clients;

/// <summary>A request from a client that proved who it is: what token, revocation and introspection endpoint start from.</summary>
internal sealed record BackChannelRequest(Client Client, OAuthForm Form, string? Peer)
{
    /// <summary>Reads the body and proves the client; otherwise the answer that says why not.</summary>
    public static Task<(BackChannelRequest? Request, IResult? Refusal)> ReadAsync(HttpContext context, ClientStore clients) =>
        ReadAsync(context, (id, _) => clients.FindAsync(id, context.RequestAborted));

    /// <summary>The same with a way of one's own to find the client by its id, given the form.</summary>
    public static async Task<(BackChannelRequest? Request, IResult? Refusal)> ReadAsync(
        HttpContext context, Func<string, OAuthForm, ValueTask<Client?>> find)
    {
        var (form, error) = await OAuthForm.ReadAsync(context.Request, context.RequestAborted);
        if (form is null)
        {
            return (null, new OAuthErrorResult(error!));
        }

        if (!ClientCredentials.TryRead(context.Request, form, out var credentials, out error))
        {
            return (null, new OAuthErrorResult(error));
        }

        var client = await find(credentials.ClientId, form);
        if (context.Request.Headers.Origin.Count > 0)
        {
            // A browser app may read why it was refused, so it counts which client this claims to be, proven or not.
            context.Features.Set(client);
        }

        if (!ClientAuthentication.TryAuthenticate(client, credentials.Secret, out error))
        {
            return (null, new OAuthErrorResult(error));
        }

        // Linode's Cloud Manager posts what a browser's FormData makes of it; nobody else has a reason to.
        return form.IsMultipart && client.Compatibility != Compatibility.Linode
            ? (null, new OAuthErrorResult(OAuthErrors.InvalidRequest.Because("Send the parameters as application/x-www-form-urlencoded.")))
            : (new BackChannelRequest(client, form, LoginAudit.Peer(context)), null);
    }
}
