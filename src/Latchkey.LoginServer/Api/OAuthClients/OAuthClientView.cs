using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Api.OAuthClients;

/// <summary>
/// A client as Linode shows it to its owner. The secret is there once; a public client registered elsewhere has none. A class: a
/// record would print it.
/// </summary>
internal sealed class OAuthClientView(
    string id, string label, string redirectUri, string secret, string status, bool @public, string? thumbnailUrl)
{
    private const string Redacted = "<REDACTED>";

    public string Id => id;

    public string Label => label;

    public string RedirectUri => redirectUri;

    public string Secret => secret;

    public string Status => status;

    public bool Public => @public;

    public string? ThumbnailUrl => thumbnailUrl;

    public static readonly FilterFields<OAuthClientView> Fields = new FilterFields<OAuthClientView>()
        .Text("id", c => c.Id)
        .Text("label", c => c.Label)
        .Text("redirect_uri", c => c.RedirectUri)
        .Text("status", c => c.Status)
        .Truth("public", c => c.Public);

    public static OAuthClientView Of(Client client, bool pictured, string issuer, ClientSecret? secret = null) => new(
        client.Id,
        client.Label,
        client.RedirectUris is [var first, ..] ? first : "",
        secret?.Reveal() ?? (client.SecretHash is null ? "" : Redacted),
        client.Status switch
        {
            ClientStatus.Active => "active",
            ClientStatus.Disabled => "disabled",
            _ => "suspended",
        },
        client.Public,
        pictured ? ThumbnailOf(client.Id, issuer) : null);

    public static string ThumbnailOf(string clientId, string issuer) => $"{issuer}/v4/account/oauth-clients/{clientId}/thumbnail";
}
