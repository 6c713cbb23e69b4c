using System.Net;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.LoginServer.Tests.Api;

/// <summary>The account and profile API as a whole: which routes there are, what each asks for, and what each does with nonsense.</summary>
public sealed class ApiRouteTests : IAsyncLifetime
{
    private const string Any = "*";
    private const string Public = "public";
    private const string Read = "account:read_only";
    private const string Write = "account:read_write";
    private const string Events = "events:read_only";

    /// <summary>Route, verb, scope. What is not here does not exist.</summary>
    private static readonly (string Route, string Verb, string Scope)[] Table =
    [
        ("/profile", "GET", Any), ("/profile", "PUT", Write),
        ("/profile/grants", "GET", Any),
        ("/profile/security-questions", "GET", Read),
        ("/profile/preferences", "GET", Read), ("/profile/preferences", "PUT", Write),
        ("/profile/sshkeys", "GET", Read), ("/profile/sshkeys", "POST", Write),
        ("/profile/sshkeys/{id}", "GET", Read), ("/profile/sshkeys/{id}", "PUT", Write), ("/profile/sshkeys/{id}", "DELETE", Write),
        ("/profile/devices", "GET", Read), ("/profile/devices/{id}", "GET", Read), ("/profile/devices/{id}", "DELETE", Write),
        ("/profile/logins", "GET", Read), ("/profile/logins/{id}", "GET", Read),
        ("/profile/tokens", "GET", Read), ("/profile/tokens", "POST", Write),
        ("/profile/tokens/{id}", "GET", Read), ("/profile/tokens/{id}", "PUT", Write), ("/profile/tokens/{id}", "DELETE", Write),
        ("/profile/apps", "GET", Read), ("/profile/apps/{id}", "GET", Read), ("/profile/apps/{id}", "DELETE", Write),
        ("/account", "GET", Read), ("/account", "PUT", Write),
        ("/account/settings", "GET", Read), ("/account/settings", "PUT", Write),
        ("/account/transfer", "GET", Read),
        ("/account/notifications", "GET", Read),
        ("/account/maintenance", "GET", Any),
        ("/account/logins", "GET", Read), ("/account/logins/{id}", "GET", Read),
        ("/account/users", "GET", Read), ("/account/users/{username}", "GET", Read),
        ("/iam/users/{username}/permissions/account", "GET", Read),
        ("/account/events", "GET", Events), ("/account/events/{id}", "GET", Events),
        ("/account/events/{id}/seen", "POST", Events), ("/account/events/{id}/read", "POST", Events),
        ("/account/oauth-clients", "GET", Read), ("/account/oauth-clients", "POST", Write),
        ("/account/oauth-clients/{id}", "GET", Read), ("/account/oauth-clients/{id}", "PUT", Write), ("/account/oauth-clients/{id}", "DELETE", Write),
        ("/account/oauth-clients/{id}/reset-secret", "POST", Write), ("/account/oauth-clients/{id}/reset_secret", "POST", Write),
        ("/account/oauth-clients/{id}/thumbnail", "GET", Public), ("/account/oauth-clients/{id}/thumbnail", "PUT", Write),
    ];

    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact, Spec("RA-05")]
    public void The_server_maps_the_table_and_nothing_else()
    {
        var mapped = _server.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v4", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}"));
        var expected = from version in (string[])["/v4", "/v4beta"] from row in Table.Concat(Table.Where(r => r.Verb == "GET").Select(r => r with { Verb = "HEAD" })) select $"{row.Verb} {version}{row.Route}";

        Assert.Equal(expected.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }

    [Fact, Spec("RA-02"), Spec("RA-05")]
    public async Task Every_route_with_every_single_scope_answers_as_the_table_says()
    {
        var wrong = new List<string>();
        foreach (var scope in ScopeCatalogue.Linode.Families
            .SelectMany(f => new[] { ScopeLevel.ReadOnly, ScopeLevel.ReadWrite, ScopeLevel.All }.Select(l => Scope.Of(f.Name, l))).Append(Scope.Everything))
        {
            var token = await _server.TokenAsync(scope.Text);
            foreach (var (route, verb, needed) in Table)
            {
                // "x" is nobody's: what is let in finds nothing and changes nothing.
                var answer = await _server.CallAsync(token, verb, "/v4" + Path(route), verb is "PUT" or "POST" ? "{}" : null);
                var letIn = needed is Any or Public || ScopeSet.Create([scope]).Covers(Scope.Parse(needed));
                var accepted = answer.Headers.GetValues("X-Accepted-OAuth-Scopes").Single();
                var has = answer.Headers.GetValues("X-OAuth-Scopes").Single();
                if ((answer.Status == HttpStatusCode.Forbidden) == letIn || (int)answer.Status >= 500
                    || accepted != (needed == Public ? "*" : needed) || has != scope.Text)
                {
                    wrong.Add($"{verb} {route} with {scope}: {(int)answer.Status}, accepts {accepted}, has {has}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact, Spec("RA-01"), Spec("RA-02")]
    public async Task Without_a_living_token_nothing_but_a_picture_answers()
    {
        foreach (var (route, verb, needed) in Table)
        {
            foreach (var header in (string?[])[null, "Bearer garbage"])
            {
                var answer = await _server.SendAsync("/v4beta" + Path(route), null, header, new HttpMethod(verb));
                Assert.Equal((route, needed == Public ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized), (route, answer.Status));
                Assert.Equal("unknown", answer.Headers.GetValues("X-OAuth-Scopes").Single());
                Assert.Equal("application/json", answer.ContentType);
            }
        }
    }

    [Theory, Spec("XI-01"), Spec("XI-04")]
    [InlineData("", 400)]
    [InlineData("[]", 400)]
    [InlineData("7", 400)]
    [InlineData("{", 400)]
    [InlineData("{}{}", 400)]
    [InlineData("\uFEFF{}", 400)]
    [InlineData("""{"label":"a","label":"b","email":"a@b.example","email":"c@d.example"}""", 400)]
    [InlineData("""{"label":"a\u0000b","email":"a\u0000@b.example","city":"a\u0000b","backups_enabled":true,"ssh_key":"x\u0000"}""", 400)]
    [InlineData("""{"label":"\ud800","city":"\ud800"}""", 400)]
    [InlineData("""{"city":"London","more":1e999}""", 400)]
    [InlineData("deep", 400)]
    [InlineData("huge", 413)]
    public async Task A_body_that_is_not_sound_is_refused_everywhere_and_changes_nothing(string body, int status)
    {
        body = body switch
        {
            "deep" => string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40),
            "huge" => $$"""{"city":"{{new string('x', 300_000)}}"}""",
            _ => body,
        };
        var token = await _server.TokenAsync();
        var key = (await _server.CallAsync(token, "POST", "/v4/profile/sshkeys", new { label = "home", ssh_key = SshKeyTests.Ed25519 })).Expect(HttpStatusCode.OK).GetProperty("id");
        string[] readable = ["/profile", "/profile/preferences", "/profile/sshkeys", "/account", "/account/settings", "/account/events"];
        var before = await AllAsync();
        foreach (var (verb, path) in (List<(string, string)>)
            [("PUT", "/profile"), ("PUT", "/profile/preferences"), ("POST", "/profile/sshkeys"), ("PUT", $"/profile/sshkeys/{key}"), ("PUT", "/account"), ("PUT", "/account/settings")])
        {
            var answer = await _server.CallAsync(token, verb, "/v4" + path, body);
            Assert.Equal((verb + path, status), (verb + path, (int)answer.Status));
            Assert.NotEmpty(answer.Expect((HttpStatusCode)status).GetProperty("errors").EnumerateArray());
        }

        Assert.Equal(before, await AllAsync());

        async Task<string> AllAsync() => string.Join('\n', await Task.WhenAll(readable.Select(async r => (await _server.CallAsync(token, "GET", "/v4" + r)).Body)));
    }

    private static string Path(string route) => route.Replace("{id}", "x", StringComparison.Ordinal).Replace("{username}", "x", StringComparison.Ordinal);
}
