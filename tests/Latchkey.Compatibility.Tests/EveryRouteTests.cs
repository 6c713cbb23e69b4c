using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.CompatibilityTests;

/// <summary>What every answer of the API carries, whatever the route, the verb, the token and the outcome, on both servers.</summary>
public sealed partial class EveryRouteTests(Parties parties) : IClassFixture<Parties>
{
    private const string Narrow = "longview:read_only";

    private static readonly (string Name, string Value)[] Carried =
    [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Headers", "Authorization, Origin, X-Requested-With, Content-Type, Accept, X-Filter"),
        ("Access-Control-Allow-Methods", "HEAD, GET, OPTIONS, POST, PUT, DELETE"),
        ("Access-Control-Expose-Headers", "X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Status"),
        ("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Vary", "Authorization, X-Filter"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    ];

    private static readonly string[] Unroutable = ["/v4", "/v4/nothing", "/v4/profile/nothing", "/v4/account/nothing/here", "/v4beta/iam/nothing", "/v4/regions/nowhere"];

    [Fact]
    public async Task Every_route_answers_every_token_as_Linode_does()
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (host, method, path) in Routes())
        {
            var accepted = new HashSet<string?>();
            foreach (var (token, scopes) in await TokensAsync())
            {
                var reply = await SendAsync(method, host + path, token);
                asked++;
                accepted.Add(reply["X-Accepted-OAuth-Scopes"]);
                wrong.AddRange(Offences(method, reply, scopes).Select(o => $"{method} {path} at {Name(host)} with {scopes}: {o}"));
                if (token is null or "gone" && !IsPublic(path, method) && reply.Status is not (401 or 404 or 405))
                {
                    wrong.Add($"{method} {path} at {Name(host)}: {reply.Status} for a stranger");
                }
            }

            wrong.AddRange(accepted.Count == 1 ? [] : [$"{method} {path}: needs {string.Join(" or ", accepted)}"]);
        }

        Assert.Empty(wrong);
        Assert.True(asked > 400, $"{asked} calls are not every route.");
    }

    [Fact]
    public async Task Every_route_answers_a_preflight_without_a_token()
    {
        var wrong = new List<string>();
        foreach (var (host, path) in Routes().Select(r => (r.Host, r.Path)).Distinct())
        {
            var reply = await Wire.SendAsync("OPTIONS", host + path, [("Origin", "https://cloud.example"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "authorization")]);
            wrong.AddRange(Carried.Where(h => reply[h.Name] != h.Value).Select(h => $"{path}: {h.Name} is {reply[h.Name]}"));
            wrong.AddRange(reply.Status == 204 && reply.Body.Length == 0 ? [] : [$"{path}: {reply.Status}"]);
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_a_route_needs_is_said_alike_by_both_servers()
    {
        var token = await parties.TokenAsync();
        foreach (var (_, method, path) in Routes().Where(r => r.Host == parties.Login && r.Method != "PATCH"))
        {
            var (direct, forwarded) = (await SendAsync(method, parties.Login + path, token), await SendAsync(method, ApiHost + path, token));

            Assert.True(
                (direct.Status, direct["X-Accepted-OAuth-Scopes"], direct["Content-Type"]) == (forwarded.Status, forwarded["X-Accepted-OAuth-Scopes"], forwarded["Content-Type"]),
                $"{method} {path}: {direct.Status} and {forwarded.Status}");
        }
    }

    [Theory, Spec("RA-12")]
    [InlineData("/v4/%2570rofile")]
    [InlineData("/v4/profile/%2574okens")]
    [InlineData("/v4/profile/%2500")]
    [InlineData("/v4/%2572egions")]
    [InlineData("/v4//profile/%2574okens")]
    public async Task A_path_is_decoded_once(string path)
    {
        foreach (var host in (string[])[ApiHost, parties.Login])
        {
            (await SendAsync("GET", host + path, await parties.TokenAsync())).MustRefuse(404, "Not found");
        }
    }

    private string ApiHost => parties.Api[..^"/v4".Length];

    private string Name(string host) => host == ApiHost ? "the API" : "the login server";

    private async Task<(string? Token, string Scopes)[]> TokensAsync() =>
        [(null, "unknown"), ("gone", "unknown"), (await parties.TokenAsync(Narrow), Narrow), (await parties.TokenAsync(), "*")];

    /// <summary>Every route of both servers; those of the login server at the API too, which forwards them. Beside each a verb it does not have.</summary>
    private IEnumerable<(string Host, string Method, string Path)> Routes()
    {
        var own = Patterns(parties.Scene.ApiServices).Where(r => !r.Path.Contains("{**rest}", StringComparison.Ordinal)).ToList();
        var login = Patterns(parties.Scene.Get<IServiceProvider>()).ToList();
        var api = own.Concat(login).Select(r => (ApiHost, r.Method, r.Path)).Concat(Unroutable.Select(p => (ApiHost, "GET", p)));
        var direct = login.Select(r => (parties.Login, r.Method, r.Path)).Concat(Unroutable.Where(p => !p.Contains("regions", StringComparison.Ordinal)).Select(p => (parties.Login, "GET", p)));
        var all = api.Concat(direct).Select(r => (r.Item1, r.Item2, Path: Filled(r.Item3))).ToList();
        return all.Concat(all.Select(r => (r.Item1, "PATCH", r.Path))).Distinct();
    }

    private static IEnumerable<(string Method, string Path)> Patterns(IServiceProvider services) =>
        from route in services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        where route.RoutePattern.RawText!.StartsWith("/v4", StringComparison.Ordinal)
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, route.RoutePattern.RawText!);

    // Ids that nothing has: nothing is changed here.
    private static string Filled(string pattern) => Placeholder().Replace(pattern.Replace("{**id}", "linode/none", StringComparison.Ordinal), "987654321");

    private static bool IsPublic(string path, string method) => method is "GET" or "HEAD"
        && (path.EndsWith("/thumbnail", StringComparison.Ordinal) || PublicList().IsMatch(path));

    private static Task<Reply> SendAsync(string method, string url, string? token) => Wire.SendAsync(
        method,
        url,
        [("Origin", "https://cloud.example"), ("Content-Type", "application/json"), .. token is null ? [] : new[] { ("Authorization", $"Bearer {token}") }],
        method is "POST" or "PUT" ? Encoding.ASCII.GetBytes("""{"label":7,"username":7,"email":7}""") : null);

    private static IEnumerable<string> Offences(string method, Reply reply, string scopes)
    {
        if (method == "HEAD" && reply.Body.Length > 0)
        {
            yield return "HEAD has a body";
        }

        if (reply.Status == 405 && reply["Allow"]?.Contains(method, StringComparison.Ordinal) != false)
        {
            yield return $"Allow is {reply["Allow"] ?? "missing"}";
        }

        foreach (var (name, value) in Carried.Append(("X-OAuth-Scopes", scopes)))
        {
            if (reply[name] != value)
            {
                yield return $"{name} is {reply[name] ?? "missing"}";
            }
        }

        if (!Accepted().IsMatch(reply["X-Accepted-OAuth-Scopes"] ?? ""))
        {
            yield return $"X-Accepted-OAuth-Scopes is {reply["X-Accepted-OAuth-Scopes"]}";
        }

        foreach (var name in (string[])["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"])
        {
            if (!long.TryParse(reply[name], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                yield return $"{name} is {reply[name] ?? "missing"}";
            }
        }

        foreach (var name in (string[])["Set-Cookie", "Access-Control-Allow-Credentials", "Server"])
        {
            if (reply[name] is not null)
            {
                yield return $"{name} is sent";
            }
        }

        if (reply.Status != 204 && reply["Content-Type"] != "application/json")
        {
            yield return $"{reply.Status} with content type {reply["Content-Type"] ?? "missing"}";
        }

        if (reply.Status >= 500 || (reply.Status >= 400 && reply.Body.Length > 0 && !IsEnvelope(reply.Json)))
        {
            yield return $"{reply.Status} {reply.Text}";
        }
    }

    private static bool IsEnvelope(JsonElement body) =>
        body.EnumerateObject().Single().NameEquals("errors")
        && body.GetProperty("errors").GetArrayLength() > 0
        && body.GetProperty("errors").EnumerateArray().All(e =>
            e.EnumerateObject().All(m => m.Name is "reason" or "field" && m.Value is { ValueKind: JsonValueKind.String } && m.Value.GetString()!.Length > 0)
            && e.TryGetProperty("reason", out _));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^/v4(beta)?/(regions|images|linode/types|linode/stackscripts)")]
    private static partial Regex PublicList();

    [GeneratedRegex(@"^(\*|[a-z_]+:(read_only|read_write)(,[a-z_]+:(read_only|read_write))*)$")]
    private static partial Regex Accepted();
}
