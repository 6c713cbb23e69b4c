using System.Text.Json;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Model;

namespace Latchkey.Storage.Clients;

internal static class ClientMapping
{
    public static Client ToClient(this ClientRow row) => new()
    {
        Id = row.Id,
        Label = row.Label,
        RedirectUris = JsonSerializer.Deserialize<string[]>(row.RedirectUris) ?? [],
        Public = row.Public,
        SecretHash = row.SecretHash,
        Status = row.Status,
        Compatibility = row.Compatibility,
        PkceOptional = row.PkceOptional,
        Trusted = row.Trusted,
        Api = row.Api,
        Resource = row.Resource,
        AllowedScopes = ScopeSet.Parse(row.AllowedScopes),
        Grants = row.Grants.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        OwnerId = row.OwnerId,
        CreatedAt = row.CreatedAt,
    };

    public static ClientRow ToRow(this NewClient client, string id, ClientSecret? secret, DateTimeOffset now) => new()
    {
        Id = id,
        Label = client.Label,
        RedirectUris = Json(client.RedirectUris),
        Public = client.Public,
        SecretHash = secret?.Hash(),
        Status = client.Status,
        Compatibility = client.Compatibility,
        PkceOptional = client.PkceOptional,
        Trusted = client.Trusted,
        Api = client.Api,
        Resource = client.Resource,
        AllowedScopes = client.AllowedScopes.ToString(),
        Grants = string.Join(' ', client.Grants),
        OwnerId = client.OwnerId,
        CreatedAt = now,
    };

    public static string Json(IReadOnlyList<string> uris) => JsonSerializer.Serialize(uris);
}
