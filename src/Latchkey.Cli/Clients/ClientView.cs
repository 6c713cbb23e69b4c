using System.Text.Json.Nodes;
using Latchkey.Cli.Output;
using Latchkey.Core.Clients;
using Latchkey.Storage.Clients;

namespace Latchkey.Cli.Clients;

internal static class ClientView
{
    public static JsonObject Json(Client client) => new()
    {
        ["id"] = client.Id,
        ["label"] = client.Label,
        ["redirect_uris"] = Words.Array(client.RedirectUris),
        ["public"] = client.Public,
        ["status"] = client.Status.Word(),
        ["compatibility"] = client.Compatibility == Compatibility.None ? null : client.Compatibility.Word(),
        ["trusted"] = client.Trusted,
        ["api"] = client.Api,
        ["resource"] = client.Resource,
        ["scopes"] = client.AllowedScopes.ToString(),
        ["grants"] = Words.Array(client.Grants),
        ["pkce"] = client.PkceOptional ? "optional" : "required",
        ["created"] = client.CreatedAt.Text(),
    };

    /// <summary>With the secret, which is known this once; null for a public client without one.</summary>
    public static JsonObject Json(RegisteredClient registered)
    {
        var document = Json(registered.Client);
        document.Insert(1, "secret", registered.Secret?.Reveal());
        return document;
    }

    public static void Print(Printer printer, IReadOnlyList<Client> clients)
    {
        if (printer.IsJson)
        {
            printer.Json(new JsonArray([.. clients.Select(Json)]));
            return;
        }

        printer.Table(
            ["Id", "Label", "Kind", "Status", "Redirect URIs"],
            clients.Select(c => new[] { c.Id, c.Label, Kind(c), c.Status.Word(), string.Join(' ', c.RedirectUris) }));
    }

    public static void Print(Printer printer, Client client)
    {
        if (printer.IsJson)
        {
            printer.Json(Json(client));
            return;
        }

        printer.Facts(Facts(client));
    }

    public static void Print(Printer printer, RegisteredClient registered)
    {
        if (printer.IsJson)
        {
            printer.Json(Json(registered));
            return;
        }

        var facts = Facts(registered.Client);
        facts.Insert(1, ("Secret", registered.Secret is { } secret ? secret.Reveal() + "   (shown this once)" : "none: a public client"));
        printer.Facts(facts);
    }

    private static List<(string Name, string? Value)> Facts(Client client) =>
    [
        ("Id", client.Id),
        ("Label", client.Label),
        ("Kind", Kind(client)),
        ("Status", client.Status.Word()),
        ("Redirect URIs", client.RedirectUris.Count == 0 ? null : string.Join(' ', client.RedirectUris)),
        ("Resource", client.Resource),
        ("May ask for", client.AllowedScopes.ToString()),
        ("Grants", client.Grants.Count == 0 ? null : string.Join(' ', client.Grants)),
        ("PKCE", client.PkceOptional ? "optional" : "required"),
        ("Created", client.CreatedAt.Text()),
    ];

    // What weakens a check is said wherever the client is shown.
    private static string Kind(Client client)
    {
        List<string> words = [client.Api ? "api" : client.Public ? "public" : "confidential"];
        if (client.Compatibility != Compatibility.None)
        {
            words.Add($"compatibility: {client.Compatibility.Word()}");
        }

        if (client.Trusted)
        {
            words.Add("trusted");
        }

        return string.Join(", ", words);
    }
}
