using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Latchkey.Core.Clients;
using Latchkey.Flows.Tests.Framework;

namespace Latchkey.CompatibilityTests;

/// <summary>Linode's command line (<c>linode-cli configure</c>): the implicit flow, then a token that it keeps for ever.</summary>
public sealed partial class CommandLineTests(Parties parties) : IClassFixture<Parties>
{
    [Theory]
    [InlineData(49152)]
    [InlineData(60999)]
    public async Task Its_landing_page_finds_the_token_in_the_fragment(int port)
    {
        var to = await LogInAsync(port);

        Assert.Equal($"http://localhost:{port}/", to.GetLeftPart(UriPartial.Query));
        var fragment = Parties.Parameters(to.Fragment);
        Assert.Equal("bearer", fragment["token_type"]);
        Assert.Equal("7200", fragment["expires_in"]);
        Assert.DoesNotContain("refresh_token", fragment.Keys);

        // Its page asks its own small server for /token/ and the fragment, which takes what fits this and no more.
        Assert.Equal(fragment["access_token"], TokenInFragment().Match($"/token/{to.Fragment.TrimStart('#')}").Groups[1].Value);
    }

    [Fact]
    public async Task It_trades_the_two_hours_for_a_token_without_end_and_works_with_that()
    {
        var temporary = Parties.Parameters((await LogInAsync(50123)).Fragment)["access_token"];
        Assert.Equal(Scene.UserName, (await GetAsync("/profile", temporary)).Must(200).Member("username"));

        var made = (await PythonRequests.SendAsync(
            "POST",
            parties.Api + "/profile/tokens",
            Headers(temporary),
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { label = "Linode CLI @ workstation" })))).Must(200);
        var token = made.Member("token")!;
        Assert.Equal("Linode CLI @ workstation", made.Member("label"));
        Assert.Equal("*", made.Member("scopes"));
        Assert.Equal(JsonValueKind.Null, made.Json.GetProperty("expiry").ValueKind);

        // The temporary one ends; the one it keeps does not.
        parties.Scene.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        (await GetAsync("/profile", temporary)).MustRefuse(401, "Invalid Token");
        Assert.Equal(Scene.UserName, (await GetAsync("/profile", token)).Must(200).Member("username"));
        foreach (var path in (string[])["/regions", "/linode/types", "/images", "/linode/instances", "/linode/stackscripts"])
        {
            Assert.Equal(1, (await GetAsync(path, token)).Must(200).Json.GetProperty("page").GetInt32());
        }
    }

    [Fact]
    public async Task Its_test_for_full_access_is_204_without_a_body()
    {
        var reply = (await GetAsync("/profile/grants", await parties.TokenAsync())).Must(204);

        Assert.Empty(reply.Body);
    }

    [Fact]
    public async Task A_token_that_is_none_is_told_in_words_it_prints() => (await GetAsync("/profile", "garbage")).MustRefuse(401, "Invalid Token");

    [Theory]
    [InlineData(true, "http://localhost", Compatibility.None)]
    [InlineData(false, "http://localhost", Compatibility.Linode)]
    public async Task Any_other_kind_of_client_is_refused_the_implicit_flow(bool @public, string redirectUri, Compatibility compatibility)
    {
        var to = await LogInAsync(50124, (await parties.RegisterAsync(redirectUri, @public, compatibility)).Client.Id);

        Assert.Equal("unsupported_response_type", Parties.Parameters(to.Query)["error"]);
        Assert.Equal("", to.Fragment);
    }

    private async Task<Uri> LogInAsync(int port, string? clientId = null)
    {
        clientId ??= (await parties.RegisterAsync("http://localhost", @public: true)).Client.Id;
        using var browser = Scene.NewBrowser();
        browser.Apps.Add($"http://localhost:{port}");

        // As it is printed for people to copy: nothing escaped, no state.
        return await Parties.AgreeAsync(
            browser, $"{parties.Login}/oauth/authorize?client_id={clientId}&response_type=token&scopes=*&redirect_uri=http://localhost:{port}");
    }

    private Task<Reply> GetAsync(string path, string token) => PythonRequests.SendAsync("GET", parties.Api + path, Headers(token));

    private static (string, string)[] Headers(string token) => [("Authorization", $"Bearer {token}"), ("Content-type", "application/json")];

    [GeneratedRegex("access_token=([a-z0-9]+)")]
    private static partial Regex TokenInFragment();
}
