using Latchkey.Protocol;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.CloudApi.Tests.Authentication;

[Spec("RA-05")]
public sealed class RouteTableTests
{
    private const string Anyone = "";
    private const string LinodesRead = "linodes:read_only";
    private const string LinodesWrite = "linodes:read_write";
    private const string ScriptsWrite = "stackscripts:read_write";

    /// <summary>The whole API: route, verb, scope. What is not here does not exist.</summary>
    private static readonly (string Route, string Verb, string Scope)[] Table =
    [
        ("/regions", "GET", Anyone),
        ("/regions/{id}", "GET", Anyone),
        ("/images", "GET", Anyone),
        ("/images/{**id}", "GET", Anyone),
        ("/linode/types", "GET", Anyone),
        ("/linode/types/{id}", "GET", Anyone),
        ("/linode/stackscripts", "GET", Anyone),
        ("/linode/stackscripts/{id}", "GET", Anyone),
        ("/linode/stackscripts", "POST", ScriptsWrite),
        ("/linode/stackscripts/{id}", "PUT", ScriptsWrite),
        ("/linode/stackscripts/{id}", "DELETE", ScriptsWrite),
        ("/linode/instances", "GET", LinodesRead),
        ("/linode/instances", "POST", LinodesWrite),
        ("/linode/instances/{id}", "GET", LinodesRead),
        ("/linode/instances/{id}", "PUT", LinodesWrite),
        ("/linode/instances/{id}", "DELETE", LinodesWrite),
        ("/linode/instances/{id}/boot", "POST", LinodesWrite),
        ("/linode/instances/{id}/reboot", "POST", LinodesWrite),
        ("/linode/instances/{id}/shutdown", "POST", LinodesWrite),
    ];

    private static readonly string[] Forwarded = ["/profile/{**rest}", "/account/{**rest}", "/iam/{**rest}"];
    private static readonly string[] Verbs = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"];
    private static readonly string[] Versions = ["/v4", "/v4beta"];

    [Fact]
    public async Task The_host_maps_the_table_and_nothing_else()
    {
        await using var host = await CloudApiHost.StartAsync();
        var expected =
            from version in Versions
            from row in Table.Concat(Table.Where(r => r.Verb == "GET").Select(r => r with { Verb = "HEAD" }))
                .Concat(from f in Forwarded from v in Verbs.Except(["PATCH"]) select (Route: f, Verb: v, Scope: ""))
            select $"{row.Verb} {version}{row.Route}";
        var mapped =
            from route in host.Routes
            from verb in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            select $"{verb} {route.RoutePattern.RawText}";

        Assert.Equal(expected.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_route_and_verb_with_every_single_scope_answers_as_the_table_says()
    {
        await using var host = await CloudApiHost.StartAsync();
        var everyScope = ScopeCatalogue.Linode.Families
            .SelectMany(f => new[] { ScopeLevel.ReadOnly, ScopeLevel.ReadWrite, ScopeLevel.All }.Select(l => Scope.Of(f.Name, l)))
            .Append(Scope.Everything);
        var wrong = new List<string>();
        foreach (var scope in everyScope)
        {
            var token = host.Login.Token("ada", scope.Text);
            foreach (var (route, verb) in from route in Table.Select(r => r.Route).Distinct() from verb in Verbs select (route, verb))
            {
                var path = "/v4" + route.Replace("{id}", "1").Replace("{**id}", "linode/none");
                var answer = await host.SendAsync(new HttpMethod(verb), path, token, verb is "POST" or "PUT" ? "{}" : null);
                var expected = Expected(route, verb, scope);
                if (!Fits(expected, answer.Status))
                {
                    wrong.Add($"{verb} {path} with {scope}: {answer.Status}, not {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no-token")]
    public async Task Without_a_living_token_only_the_public_routes_answer(string? token)
    {
        await using var host = await CloudApiHost.StartAsync();
        foreach (var (route, verb, scope) in Table)
        {
            var path = "/v4beta" + route.Replace("{id}", "1").Replace("{**id}", "linode/none");
            var answer = await host.SendAsync(new HttpMethod(verb), path, token, verb is "POST" or "PUT" ? "{}" : null);

            Assert.True(scope == Anyone ? answer.Status is 200 or 404 : answer.Status == 401, $"{verb} {path}: {answer.Status}");
        }
    }

    private static string Expected(string route, string verb, Scope scope)
    {
        var row = Table.FirstOrDefault(r => r.Route == route && r.Verb == (verb == "HEAD" ? "GET" : verb));
        return row.Route is null ? "405"
            : row.Scope == Anyone || ScopeSet.Create([scope]).Covers(Scope.Parse(row.Scope)) ? "let in"
            : "403";
    }

    private static bool Fits(string expected, int status) =>
        expected == "let in" ? status is 200 or 400 or 404 : status.ToString() == expected;
}
