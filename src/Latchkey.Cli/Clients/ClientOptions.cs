using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.Cli.Clients;

/// <summary>What a client is registered with, and the checks it has to pass.</summary>
internal static class ClientOptions
{
    private static readonly Option<string> Label = new("--label") { Description = "What people are told the app is called.", HelpName = "TEXT", Required = true };

    private static readonly Option<string[]> RedirectUris = new("--redirect-uri")
    {
        Description = "Where the browser may be sent back to; several are allowed.",
        HelpName = "URI",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Public = new("--public") { Description = "It cannot keep a secret: an app on a device or in a browser." };

    private static readonly Option<string?> Compatible = new Option<string?>("--compatibility")
    {
        Description = "Also allow what Linode's own clients do.",
        HelpName = "linode",
    }.AcceptOnlyFromAmong("linode");

    private static readonly Option<bool> Trusted = new("--trusted") { Description = "Your own app: its users are not asked to consent, unless anyone could pose as it." };

    private static readonly Option<bool> Api = new("--api") { Description = "An API: it may ask about tokens meant for it, and nothing else." };

    private static readonly Option<string?> Resource = new("--resource") { Description = "The URI of the resource an API answers for (RFC 8707).", HelpName = "URI" };

    private static readonly Option<string[]> Scopes = ScopeOption.Create("What it may ask for; everything when left out.");

    private static readonly Option<string[]> Grants = new Option<string[]>("--grant")
    {
        Description = "The grant types it may use; both when left out.",
        HelpName = "GRANT",
        AllowMultipleArgumentsPerToken = true,
    }.AcceptOnlyFromAmong(GrantTypes.AuthorizationCode, GrantTypes.RefreshToken);

    private static readonly Option<string?> Pkce = new Option<string?>("--pkce")
    {
        Description = "optional excuses a confidential client that cannot send PKCE.",
        HelpName = "required|optional",
    }.AcceptOnlyFromAmong("required", "optional");

    private static readonly Option<bool> Disabled = new("--disabled") { Description = "Register it, and let it do nothing yet." };

    public static IEnumerable<Option> All =>
        [Label, RedirectUris, Public, Compatible, Trusted, Api, Resource, Scopes, Grants, Pkce, Disabled];

    public static bool TryRead(ParseResult parsed, [NotNullWhen(true)] out NewClient? client, [NotNullWhen(false)] out string? problem)
    {
        client = null;
        if (!ScopeOption.TryRead(parsed, Scopes, out var scopes, out problem))
        {
            return false;
        }

        var api = parsed.GetValue(Api);
        var read = new NewClient
        {
            Label = parsed.GetRequiredValue(Label),
            RedirectUris = [.. (parsed.GetValue(RedirectUris) ?? []).Distinct(StringComparer.Ordinal)],
            Public = parsed.GetValue(Public),
            Status = parsed.GetValue(Disabled) ? ClientStatus.Disabled : ClientStatus.Active,
            Compatibility = parsed.GetValue(Compatible) is null ? Compatibility.None : Compatibility.Linode,
            PkceOptional = parsed.GetValue(Pkce) == "optional",
            Trusted = parsed.GetValue(Trusted),
            Api = api,
            Resource = parsed.GetValue(Resource),
            AllowedScopes = scopes,

            // An API asks about tokens; it gets none.
            Grants = parsed.GetValue(Grants) is { Length: > 0 } grants ? [.. grants.Distinct(StringComparer.Ordinal)]
                : api ? [] : [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken],
        };
        problem = Problem(read);
        client = problem is null ? read : null;
        return problem is null;
    }

    /// <summary>Null when the client may be registered.</summary>
    private static string? Problem(NewClient client) =>
        LabelRules.LengthOf(client.Label) > 512 || !LabelRules.IsReadable(client.Label) ? "A label has 1 to 512 characters: letters, digits, signs and spaces only."
        : client.Api && client.Public ? "An API proves itself with its secret: --api and --public exclude each other."
        : client.Api && client.Grants.Count > 0 ? "An API asks about tokens and gets none: --api and --grant exclude each other."
        : client.Resource is not null && !client.Api ? "--resource belongs to an API: add --api."
        : client.Resource is { } resource && !IsResource(resource) ? "A resource is an absolute URI without a fragment (RFC 8707 §2)."
        : client.PkceOptional && client.Public ? "A public client has nothing but PKCE to protect its codes: --pkce optional and --public exclude each other."
        : client.RedirectUris.Count == 0 && !client.Api ? "An app needs at least one --redirect-uri."
        : client.RedirectUris.Select(uri => RedirectUriRules.Problem(uri) is { } wrong ? $"{uri}: {wrong}" : null).FirstOrDefault(p => p is not null);

    // On Unix a path parses as an absolute file: URI; what was written has to begin with its scheme.
    private static bool IsResource(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && uri.StartsWith(parsed.Scheme + ":", StringComparison.OrdinalIgnoreCase)
        && !uri.Contains('#', StringComparison.Ordinal);
}
