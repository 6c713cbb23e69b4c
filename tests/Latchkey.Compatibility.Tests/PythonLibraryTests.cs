using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Latchkey.Core.Clients;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Storage.Clients;

namespace Latchkey.CompatibilityTests;

/// <summary>Linode's Python library (<c>linode_api4</c>): <c>LinodeLoginClient</c> and <c>LinodeClient</c>, request by request.</summary>
public sealed partial class PythonLibraryTests(Parties parties) : IClassFixture<Parties>
{
    private const string Callback = "http://localhost:5000/auth_callback";

    /// <summary>The families it knows by name; whatever else is granted it drops.</summary>
    private static readonly string[] Known =
    [
        "linodes", "domains", "stackscripts", "users", "tokens", "ips", "firewall", "tickets", "clients", "account", "events", "volumes", "lke",
        "object_storage", "nodebalancers", "longview",
    ];

    public static TheoryData<string?, string> Filters => new()
    {
        { null, "a,b,c" },
        { """{"label": "b"}""", "b" },
        { """{"label": {"+neq": "b"}}""", "a,c" },
        { """{"label": {"+contains": "c"}}""", "c" },
        { """{"+or": [{"label": "a"}, {"label": "c"}]}""", "a,c" },
        { """{"+or": [{"label": "a"}, {"+and": [{"label": "b"}, {"redirect_uri": "https://app.example/b"}]}]}""", "a,b" },
        { """{"+order_by": "label", "+order": "desc"}""", "c,b,a" },
        { """{"+and": [{"label": {"+neq": "a"}}, {"+order_by": "label", "+order": "desc"}]}""", "c,b" },
        { """{"+limit": 2}""", "a,b" },
        { """{"+and": [{"label": {"+gt": "a"}}, {"+limit": 1}]}""", "b" },
    };

    [Theory]
    [InlineData("linodes:read_only,nodebalancers:*", Callback)]
    [InlineData("linodes:read_only,nodebalancers:*", null)]
    public async Task Its_login_url_leads_to_a_code_with_neither_state_nor_PKCE(string scopes, string? redirectUri)
    {
        var client = await parties.RegisterAsync(Callback);
        var to = await AuthorizeAsync(client, scopes, redirectUri);

        Assert.StartsWith(Callback + "?", to.AbsoluteUri);
        Assert.DoesNotContain("state", Parties.Parameters(to.Query).Keys);
        var (token, granted, expiresIn, refreshToken) = await FinishAsync(client, Parties.Parameters(to.Query)["code"]);

        Assert.Matches(LowerCase(), token);
        Assert.Matches(LowerCase(), refreshToken);
        Assert.Equal(["linodes:read_only", "nodebalancers:*"], granted.Order());
        Assert.Equal(7200, expiresIn);
    }

    [Fact]
    public async Task It_reads_every_family_it_knows_out_of_everything()
    {
        var client = await parties.RegisterAsync(Callback);
        var code = Parties.Parameters((await AuthorizeAsync(client, "*", null)).Query)["code"];

        Assert.Equal(Known.Length, (await FinishAsync(client, code)).Scopes.Count);
    }

    [Theory]
    [InlineData("redirect_uri", null)]
    [InlineData("code_challenge", Callback)]
    public async Task A_strict_client_is_refused_what_its_login_url_leaves_out(string missing, string? redirectUri)
    {
        var client = await parties.RegisterAsync(Callback, compatibility: Compatibility.None);
        using var browser = Scene.NewBrowser();
        browser.Apps.Add("http://localhost:5000/");
        var page = await browser.OpenAsync(LoginUrl(client, "linodes:read_only", redirectUri));

        // Without a proven way back the person is told; with one, the app.
        Assert.Equal(redirectUri is null, page.Location is null);
        Assert.Equal(missing == "code_challenge" ? "invalid_request" : null, page.Location is null ? null : Parties.Parameters(new Uri(page.Location).Query)["error"]);
    }

    [Fact]
    public async Task A_code_that_is_no_good_is_an_error_it_can_show()
    {
        var client = await parties.RegisterAsync(Callback);
        var answer = (await PythonRequests.PostFormAsync(
            parties.Login + "/oauth/token", ("code", "42ddf75dfa2cacbad897"), ("client_id", client.Client.Id), ("client_secret", client.Secret!.Reveal()))).MustRefuse(400);

        Assert.Equal("invalid_grant", answer.Member("error"));
        Assert.Equal("code", answer.Json.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("/oauth/revoke", "access_token")]
    [InlineData("/oauth/token/expire", null)]
    public async Task A_refresh_yields_a_new_pair_and_expiring_the_token_ends_both(string path, string? hint)
    {
        var client = await parties.RegisterAsync(Callback);
        var first = await LogInAsync(client, "account:read_only");
        var second = ReadTokens(await RefreshAsync(client, first.RefreshToken));

        Assert.NotEqual(first.Token, second.Token);
        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
        Assert.Equal(["account:read_only"], second.Scopes);
        (await ApiAsync("GET", "/profile", second.Token)).Must(200);

        (await PythonRequests.PostFormAsync(
            parties.Login + path,
            [("token", second.Token), .. hint is null ? [] : new[] { ("token_type_hint", hint) }, ("client_id", client.Client.Id), ("client_secret", client.Secret!.Reveal())])).Must(200);
        (await ApiAsync("GET", "/profile", second.Token)).MustRefuse(401, "Invalid Token");
        (await RefreshAsync(client, second.RefreshToken)).MustRefuse(400);
    }

    [Fact]
    public async Task An_OAuth_client_is_created_changed_pictured_reset_and_deleted()
    {
        var token = await parties.TokenAsync("account:*");
        var created = (await ApiAsync("POST", "/account/oauth-clients", token, new { label = "My app", redirect_uri = "https://app.example/cb" })).Must(200);
        var (path, secret) = ($"/account/oauth-clients/{created.Member("id")}", created.Member("secret"));
        Assert.Matches("^[0-9a-f]{20}$", created.Member("id"));
        Assert.Matches("^[0-9a-f]{64}$", secret);

        var changed = await ApiAsync("PUT", path, token, new { label = "Ours", redirect_uri = "https://app.example/new", @public = false });
        Assert.Equal(("Ours", "https://app.example/new", "<REDACTED>"), (changed.Must(200).Member("label"), changed.Member("redirect_uri"), changed.Member("secret")));

        var reset = (await ApiAsync("POST", path + "/reset_secret", token)).Must(200);
        Assert.Equal(created.Member("id"), reset.Member("id"));
        Assert.NotEqual(secret, reset.Member("secret"));

        // It puts a slash too many between the address of the API and the path.
        var png = Png();
        (await ThumbnailAsync("GET", path, token)).MustRefuse(404);
        (await ThumbnailAsync("PUT", path, token, png)).Must(200);
        var shown = (await ThumbnailAsync("GET", path, token)).Must(200);
        Assert.Equal("image/png", shown["Content-Type"]);
        Assert.Equal(png, shown.Body);

        Assert.Equal("{}", (await ApiAsync("DELETE", path, token)).Must(200).Text);
        (await ApiAsync("GET", path, token)).MustRefuse(404, "Not found");
    }

    [Theory, MemberData(nameof(Filters))]
    public async Task It_filters_as_its_expressions_say(string? filter, string labels)
    {
        var token = await parties.TokenAsync("account:*");
        var list = await ApiAsync("GET", "/account/oauth-clients", token);
        foreach (var label in new[] { "a", "b", "c" }.Except(list.Column("label")))
        {
            parties.Scene.Clock.Advance(TimeSpan.FromSeconds(1));   // lists are in the order of creation
            (await ApiAsync("POST", "/account/oauth-clients", token, new { label, redirect_uri = $"https://app.example/{label}" })).Must(200);
        }

        Assert.Equal(labels, string.Join(',', (await ApiAsync("GET", "/account/oauth-clients", token, filter: filter)).Must(200).Column("label")));
    }

    [Fact]
    public async Task It_pages_through_a_list_that_does_not_change_meanwhile()
    {
        var token = await parties.TokenAsync("*");
        for (var i = 0; i < 30; i++)
        {
            (await ApiAsync("POST", "/profile/tokens", token, new { label = $"t{i:00}", scopes = "linodes:read_only" })).Must(200);
        }

        const string filter = """{"scopes": "linodes:read_only"}""";
        var first = (await ApiAsync("GET", "/profile/tokens?page_size=25", token, filter: filter)).Must(200);
        var second = (await ApiAsync("GET", "/profile/tokens?page=2&page_size=25", token, filter: filter)).Must(200);

        Assert.All([first, second], p => Assert.Equal((2, 30), (p.Json.GetProperty("pages").GetInt32(), p.Json.GetProperty("results").GetInt32())));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"t{i:00}"), first.Column("label").Concat(second.Column("label")));
        Assert.All(first.Column("created"), c => DateTime.ParseExact(c, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("/regions")]
    [InlineData("/linode/types")]
    [InlineData("/images")]
    [InlineData("/linode/stackscripts")]
    public async Task The_example_app_reads_what_is_public_with_a_token_that_is_none(string path) =>
        Assert.NotEmpty((await ApiAsync("GET", path, "no-token")).Must(200).Column("id"));

    [Fact]
    public async Task A_token_without_the_scope_is_told_in_words_it_prints()
    {
        var answer = await ApiAsync("GET", "/account/oauth-clients", await parties.TokenAsync("linodes:*"));

        answer.MustRefuse(403, "Your OAuth token is not authorized to use this endpoint.");
    }

    private async Task<Uri> AuthorizeAsync(RegisteredClient client, string scopes, string? redirectUri)
    {
        using var browser = Scene.NewBrowser();
        browser.Apps.Add("http://localhost:5000/");
        return await Parties.AgreeAsync(browser, LoginUrl(client, scopes, redirectUri));
    }

    private string LoginUrl(RegisteredClient client, string scopes, string? redirectUri) => $"{parties.Login}/oauth/authorize?" + PythonRequests.Encode(
    [
        ("client_id", client.Client.Id), ("response_type", "code"), ("scopes", scopes), .. redirectUri is null ? [] : new[] { ("redirect_uri", redirectUri) },
    ]);

    private async Task<(string Token, IReadOnlyList<string> Scopes, int ExpiresIn, string RefreshToken)> LogInAsync(RegisteredClient client, string scopes) =>
        await FinishAsync(client, Parties.Parameters((await AuthorizeAsync(client, scopes, null)).Query)["code"]);

    private async Task<(string Token, IReadOnlyList<string> Scopes, int ExpiresIn, string RefreshToken)> FinishAsync(RegisteredClient client, string code) =>
        ReadTokens(await PythonRequests.PostFormAsync(
            parties.Login + "/oauth/token", ("code", code), ("client_id", client.Client.Id), ("client_secret", client.Secret!.Reveal())));

    private Task<Reply> RefreshAsync(RegisteredClient client, string refreshToken) => PythonRequests.PostFormAsync(
        parties.Login + "/oauth/token",
        ("grant_type", "refresh_token"), ("client_id", client.Client.Id), ("client_secret", client.Secret!.Reveal()), ("refresh_token", refreshToken));

    // By index, as the library does: a key that is missing is an exception there, and here.
    private static (string Token, IReadOnlyList<string> Scopes, int ExpiresIn, string RefreshToken) ReadTokens(Reply answer)
    {
        answer.Must(200);
        var scopes = answer.Member("scopes")!;
        var parsed = scopes == "*" ? Known : ScopeSeparators().Split(scopes).Where(s => Known.Contains(s.Split(':')[0])).ToArray();
        return (answer.Member("access_token")!, parsed, answer.Json.GetProperty("expires_in").GetInt32(), answer.Member("refresh_token")!);
    }

    private Task<Reply> ApiAsync(string method, string path, string token, object? data = null, string? filter = null) => PythonRequests.SendAsync(
        method,
        parties.Api + path,
        [
            ("Authorization", $"Bearer {token}"), ("Content-Type", "application/json"), ("User-Agent", "python-linode_api4/5.20.0 python-requests/2.31.0"),
            .. filter is null ? [] : new[] { ("X-Filter", filter) },
        ],
        data is null ? null : Encoding.UTF8.GetBytes(JsonSerializer.Serialize(data)));

    private Task<Reply> ThumbnailAsync(string method, string path, string token, byte[]? png = null) => PythonRequests.SendAsync(
        method, $"{parties.Api}/{path}/thumbnail", [("Authorization", $"token {token}"), .. png is null ? [] : new[] { ("Content-type", "image/png") }], png);

    /// <summary>The smallest picture there is: one grey pixel.</summary>
    private static byte[] Png() => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    [GeneratedRegex("^[a-z0-9]+$")]
    private static partial Regex LowerCase();

    [GeneratedRegex("[, ]")]
    private static partial Regex ScopeSeparators();
}
