using System.Globalization;
using System.Text;
using Latchkey.CloudApi;
using Latchkey.Flows.Tests.Framework;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.CompatibilityTests;

/// <summary>Linode's Go library (<c>linodego</c>) and what stands on it: it calls <c>/v4beta</c> and takes nothing on trust.</summary>
public sealed class GoLibraryTests(Parties parties) : IClassFixture<Parties>
{
    private const string Accepted = "application/json";

    [Theory]
    [InlineData("GET", "/linode/instances", "garbage", 401)]
    [InlineData("GET", "/linode/instances/1", "*", 404)]
    [InlineData("GET", "/linode/instances?page=0", "*", 400)]
    [InlineData("POST", "/linode/instances", "*", 400)]
    [InlineData("POST", "/linode/instances", "linodes:read_only", 403)]
    [InlineData("GET", "/profile", "garbage", 401)]
    [InlineData("GET", "/profile/tokens", "linodes:*", 403)]
    [InlineData("POST", "/account/oauth-clients", "*", 400)]
    [InlineData("GET", "/nothing/here", "*", 404)]
    [InlineData("GET", "/profile/nothing/here", "*", 404)]
    [InlineData("PATCH", "/profile", "*", 405)]
    [InlineData("PATCH", "/regions", "*", 405)]
    public async Task An_error_has_the_content_type_it_asked_for_to_the_letter(string method, string path, string scopes, int status)
    {
        var token = scopes == "garbage" ? scopes : await parties.TokenAsync(scopes);
        foreach (var host in (string[])[Api, .. path.StartsWith("/profile", StringComparison.Ordinal) || path.StartsWith("/account", StringComparison.Ordinal) ? new[] { parties.Login + "/v4beta" } : []])
        {
            var answer = (await SendAsync(method, host + path, token, method == "POST" ? "{}" : null)).Must(status);

            Assert.Equal(Accepted, answer["Content-Type"]);
            Assert.NotEmpty(answer.Json.GetProperty("errors").EnumerateArray());
            Assert.All(answer.Json.GetProperty("errors").EnumerateArray(), e => Assert.True(!e.TryGetProperty("field", out var field) || field.GetString()!.Length > 0));
        }
    }

    [Fact]
    public async Task Dates_are_the_one_form_it_parses()
    {
        var token = await parties.TokenAsync();
        var linode = (await SendAsync("POST", Api + "/linode/instances", token, """{"region":"us-east","type":"g6-nanode-1","label":"go-dates"}""")).Must(200);
        var made = (await SendAsync("POST", Api + "/profile/tokens", token, """{"label":"go","scopes":"linodes:read_only","expiry":"2030-01-02T03:04:05"}""")).Must(200);

        Assert.Equal("2030-01-02T03:04:05", made.Member("expiry"));
        Assert.All([linode.Member("created"), linode.Member("updated"), made.Member("created")],
            d => DateTime.ParseExact(d!, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task It_walks_pages_from_the_first_and_filters_with_its_own_forms()
    {
        var token = await parties.TokenAsync();
        foreach (var label in (string[])["go-web-1", "go-web-2", "go-db-1"])
        {
            (await SendAsync("POST", Api + "/linode/instances", token, $$"""{"region":"us-east","type":"g6-nanode-1","label":"{{label}}"}""")).Must(200);
        }

        const string filter = """{"+and":[{"label":{"+contains":"go-"}},{"+or":[{"label":"go-db-1"},{"label":{"+gte":"go-web-2"}}]}],"+order":"desc","+order_by":"label"}""";
        var page = (await SendAsync("GET", Api + "/linode/instances?page=1", token, null, filter)).Must(200);

        Assert.Equal(["go-web-2", "go-db-1"], page.Column("label"));
        Assert.Equal((1, 1, 2), (page.Json.GetProperty("page").GetInt32(), page.Json.GetProperty("pages").GetInt32(), page.Json.GetProperty("results").GetInt32()));
    }

    [Fact]
    public async Task Retry_After_is_whole_seconds()
    {
        await using var scene = await Scene.StartAsync(builder =>
        {
            if (builder.Services.FirstOrDefault(s => s.ImplementationInstance is CloudApiOptions)?.ImplementationInstance is CloudApiOptions options)
            {
                builder.Services.AddSingleton(Limited(options, 2));
            }
        });
        Reply answer;
        for (var left = 1; left >= 0; left--)
        {
            answer = await SendAsync("GET", scene.ApiUrl + "beta/regions", "no-token");
            Assert.Equal($"{left}", answer.Must(200)["X-RateLimit-Remaining"]);
        }

        scene.Clock.Advance(TimeSpan.FromSeconds(0.5));
        answer = (await SendAsync("GET", scene.ApiUrl + "beta/regions", "no-token")).MustRefuse(429, "Too many requests");

        Assert.Equal("60", answer["Retry-After"]);
        Assert.Equal("2", answer["X-RateLimit-Limit"]);
        Assert.True(long.Parse(answer["X-RateLimit-Reset"]!, NumberStyles.None, CultureInfo.InvariantCulture) > scene.Clock.GetUtcNow().ToUnixTimeSeconds());
    }

    private static CloudApiOptions Limited(CloudApiOptions options, int calls) => new()
    {
        DataDirectory = options.DataDirectory,
        LoginServer = options.LoginServer,
        ClientId = options.ClientId,
        ClientSecret = options.ClientSecret,
        RateLimits = new RateLimits { PerCaller = calls },
    };

    private string Api => parties.Api + "beta";

    private static Task<Reply> SendAsync(string method, string url, string token, string? body = null, string? filter = null) => Wire.SendAsync(
        method,
        url,
        [
            ("User-Agent", "linodego/v1.60.0 https://github.com/linode/linodego"), ("Accept", Accepted), ("Authorization", $"Bearer {token}"),
            ("Content-Type", "application/json"), ("Accept-Encoding", "gzip"),
            .. filter is null ? [] : new[] { ("X-Filter", filter) },
        ],
        body is null ? null : Encoding.UTF8.GetBytes(body));
}
