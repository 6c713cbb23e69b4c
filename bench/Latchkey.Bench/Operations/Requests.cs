using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Bench.Operations;

/// <summary>The five requests, as a client with PKCE, an API and a logged-in browser send them to one server.</summary>
internal sealed class Requests(Site site)
{
    public const string Scope = "linodes:read_write stackscripts:read_only";
    public const string State = "0123456789abcdef0123456789abcdef";

    // The same each time: what it costs a server to check does not depend on it.
    private const string CodeVerifier = "a-verifier-of-86-characters-as-clients-make-them-0123456789-0123456789-0123456789-0123";

    private readonly (string, string)[] _client = Client(site.ClientId, site.ClientSecret);

    public static string AuthorizePath(string clientId, string redirectUri) =>
        $"/oauth/authorize?response_type=code&client_id={clientId}&redirect_uri={Uri.EscapeDataString(redirectUri)}"
        + $"&scope={Uri.EscapeDataString(Scope)}&state={State}&code_challenge_method=S256&code_challenge="
        + Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(CodeVerifier)));

    public RequestTemplate Authorize() => RequestTemplate.Visit(site, AuthorizePath(site.ClientId, site.RedirectUri));

    public RequestTemplate Exchange() => Form(
        "/oauth/token",
        [("grant_type", "authorization_code"), .. _client, ("redirect_uri", site.RedirectUri), ("code_verifier", CodeVerifier)],
        "code");

    public RequestTemplate Refresh() => Form("/oauth/token", [("grant_type", "refresh_token"), .. _client], "refresh_token");

    public RequestTemplate Introspect() => Form("/oauth/introspect", Client(site.ApiId, site.ApiSecret), "token");

    public RequestTemplate Revoke() => Form("/oauth/revoke", _client, "token");

    private static (string, string)[] Client(string id, string? secret) =>
        secret is null ? [("client_id", id)] : [("client_id", id), ("client_secret", secret)];

    private RequestTemplate Form(string path, IEnumerable<(string Name, string Value)> fields, string last) =>
        RequestTemplate.Form(site, path, fields, last);
}
