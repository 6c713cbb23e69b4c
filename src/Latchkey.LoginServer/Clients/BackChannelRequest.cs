using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Accounts;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;

namespace Latchkey.LoginServer.Clients;

/// <summary>A request from a client that proved who it is: what token, revocation and introspection endpoint start from.</summary>
/// <param name="Client">Proven.</param>
/// <param name="Form">The body.</param>
/// <param name="Peer">The address it came from.</param>
/// <param name="Token">The token or code it is about; null when there is none that this server sealed.</param>
/// <param name="Found">The grant of <paramref name="Token"/> as it stood when the client was looked up; null when it is gone.</param>
internal sealed record BackChannelRequest(Client Client, OAuthForm Form, string? Peer, TokenContent? Token, NamedGrant? Found)
{
    /// <summary>
    /// Reads the body, opens its token and proves the client; otherwise the answer that says why not. The token's grant comes in
    /// one trip with the client that asks; who that is gets proven before anything is told. A peer that failed too often with
    /// this client is told to wait.
    /// </summary>
    public static async Task<(BackChannelRequest? Request, IResult? Refusal)> ReadAsync(
        HttpContext context, ClientStore clients, ClientThrottle throttle, Func<OAuthForm, TokenContent?> open)
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

        // A token nobody here sealed costs no look at the grants.
        var token = open(form);
        var (client, found) = token is { GrantId: var grantId }
            ? await clients.FindWithGrantAsync(credentials.ClientId, grantId, context.RequestAborted)
            : (await clients.FindAsync(credentials.ClientId, context.RequestAborted), null);
        if (context.Request.Headers.Origin.Count > 0)
        {
            // A browser app may read why it was refused, so it counts which client this claims to be, proven or not.
            context.Features.Set(client);
        }

        if (!ClientAuthentication.TryAuthenticate(client, credentials.Secret, out error))
        {
            // A public client has no secret to guess, and its users behind one address must not slow each other down.
            var wait = client is { Public: true } ? TimeSpan.Zero : throttle.CountFailure(context.Connection.RemoteIpAddress, client?.Id);
            return (null, wait > TimeSpan.Zero ? OAuthErrorResult.ComeBack(wait) : new OAuthErrorResult(error));
        }

        // Linode's Cloud Manager posts what a browser's FormData makes of it; nobody else has a reason to.
        return form.IsMultipart && client.Compatibility != Compatibility.Linode
            ? (null, new OAuthErrorResult(OAuthErrors.InvalidRequest.Because("Send the parameters as application/x-www-form-urlencoded.")))
            : (new BackChannelRequest(client, form, LoginAudit.Peer(context), token, found), null);
    }
}
