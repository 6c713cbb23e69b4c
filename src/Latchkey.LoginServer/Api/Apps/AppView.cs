using Latchkey.LoginServer.Api.OAuthClients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;

namespace Latchkey.LoginServer.Api.Apps;

/// <summary>An app the user has agreed to. It has no end of its own: what was agreed to stands until it is withdrawn.</summary>
internal sealed record AppView(
    int Id, string Label, string Scopes, string? Website, string? ThumbnailUrl, DateTimeOffset Created, DateTimeOffset? Expiry)
{
    public static readonly FilterFields<AppView> Fields = new FilterFields<AppView>()
        .Number("id", a => a.Id)
        .Text("label", a => a.Label)
        .Text("scopes", a => a.Scopes)
        .Text("created", a => WireJson.Date(a.Created));

    public static async Task<IReadOnlyList<AppView>> OfAsync(
        IReadOnlyList<RememberedConsent> consents, ThumbnailStore thumbnails, string issuer, CancellationToken cancellationToken)
    {
        var pictured = await thumbnails.OfAsync([.. consents.Select(c => c.ClientId)], cancellationToken);
        return
        [
            .. consents.Select(c => new AppView(
                c.Id,
                c.ClientLabel,
                c.Scopes.ToString(),
                Website: null,
                pictured.Contains(c.ClientId) ? OAuthClientView.ThumbnailOf(c.ClientId, issuer) : null,
                c.CreatedAt,
                Expiry: null)),
        ];
    }
}
