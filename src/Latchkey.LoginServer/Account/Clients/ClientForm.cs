using Latchkey.Core.Clients;
using Microsoft.AspNetCore.Http;

namespace Latchkey.LoginServer.Account.Clients;

/// <summary>The form for an OAuth app, as it was sent or as it stands.</summary>
public sealed class ClientForm
{
    public const string LabelField = "label";
    public const string RedirectUrisField = "redirect_uris";
    public const string PublicField = "public";

    public static readonly ClientForm Blank = new();

    public string Label { get; private init; } = "";

    public IReadOnlyList<string> RedirectUris { get; private init; } = [];

    public bool Public { get; private init; }

    internal IReadOnlyList<string> Problems { get; private init; } = [];

    internal static ClientForm Of(Client client) => new() { Label = client.Label, RedirectUris = client.RedirectUris, Public = client.Public };

    internal static ClientForm Read(IFormCollection form, AccountOptions options)
    {
        var label = form[LabelField].ToString().Trim();
        string[] uris =
        [
            .. form[RedirectUrisField].ToString()
                .Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct(StringComparer.Ordinal),
        ];
        IEnumerable<string?> problems =
        [
            LabelRules.Problem(label),
            uris.Length == 0 ? "Give at least one callback URL." : null,
            uris.Length > options.MaxRedirectUris ? $"An app may have at most {options.MaxRedirectUris} callback URLs." : null,
            .. uris.Take(options.MaxRedirectUris).Select(RedirectUriRules.Problem).Distinct(),
        ];
        return new ClientForm { Label = label, RedirectUris = uris, Public = form[PublicField] == "true", Problems = [.. problems.OfType<string>()] };
    }
}
