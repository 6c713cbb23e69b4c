using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Latchkey.Storage.PersonalTokens;
using Latchkey.Storage.Sessions;

namespace Latchkey.Fuzz.Framework;

/// <summary>One real login, kept: its cookies, forms, code, tokens and things in the cloud, for requests to be made of.</summary>
internal sealed class Life
{
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// <summary>What a guesser does not have, by name.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    public required string Cookies { get; init; }

    public List<KeyValuePair<string, string>> LoginForm { get; private init; } = [];

    public List<KeyValuePair<string, string>> LogoutForm { get; private init; } = [];

    public List<KeyValuePair<string, string>> ConsentForm { get; private init; } = [];

    public List<string> Ids { get; } = ["1", "10001", "linode%2Fdebian12", "us-east", "g6-nanode-1"];

    public static async Task<Life> LiveAsync(World world)
    {
        using var browser = new Browser(world.LoginUrl);
        var loginForm = (await browser.GetAsync("/login")).Form("/login");
        await browser.PostAsync("/login", With(loginForm, ("username", "ada"), ("password", World.Password)));
        var code = await ConsentAsync(browser, AuthorizeUrl(world.Strict, World.Callback));
        var life = new Life
        {
            LoginForm = With((await browser.GetAsync("/login")).Form("/login"), ("username", "ada"), ("password", World.Password)),
            LogoutForm = (await browser.GetAsync("/logout")).Form("/logout"),
            ConsentForm = With((await browser.GetAsync(AuthorizeUrl(world.Public, World.OtherCallback) + "&prompt=consent")).Form("/oauth/consent"), ("decision", "allow")),
            Cookies = browser.CookieHeader,
        };
        life.Secrets["code"] = await ConsentAsync(browser, AuthorizeUrl(world.Strict, World.Callback));
        foreach (var cookie in life.Cookies.Split("; "))
        {
            life.Secrets[cookie.Split('=')[0]] = cookie.Split('=', 2)[1];
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await life.RedeemAsync(http, world, code);
        await life.OwnAsync(world);
        await life.BuildAsync(http, world);
        return life;
    }

    public static string AuthorizeUrl(RegisteredClient client, string callback, string scope = "linodes:read_write stackscripts:read_only") =>
        $"/oauth/authorize?client_id={client.Client.Id}&response_type=code&redirect_uri={Uri.EscapeDataString(callback)}"
        + $"&scope={Uri.EscapeDataString(scope)}&state=af0ifjsldkj&code_challenge={Challenge}&code_challenge_method=S256";

    public static List<KeyValuePair<string, string>> With(List<KeyValuePair<string, string>> form, params (string Name, string Value)[] fields) =>
        [.. form.Where(f => fields.All(g => g.Name != f.Key)), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))];

    /// <summary>The text with every secret of this life by its name.</summary>
    public string Redact(string text) => Secrets.OrderByDescending(s => s.Value.Length)
        .Aggregate(text, (t, s) => t.Replace(s.Value, $"<{s.Key}>", StringComparison.Ordinal)
            .Replace(Uri.EscapeDataString(s.Value), $"<{s.Key}>", StringComparison.Ordinal));

    private static async Task<string> ConsentAsync(Browser browser, string url)
    {
        var page = await browser.GetAsync(url);
        if (page.Location is null)
        {
            page = await browser.PostAsync("/oauth/consent", With(page.Form("/oauth/consent"), ("decision", "allow")));
        }

        var location = page.Location ?? throw new InvalidOperationException($"No redirect but {page.Status}.");
        return location.Split('?', 2)[1].Split('&').Single(p => p.StartsWith("code=", StringComparison.Ordinal))[5..];
    }

    private async Task RedeemAsync(HttpClient http, World world, string code)
    {
        using var answer = await http.PostAsync(new Uri(world.LoginUrl, "/oauth/token"), new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", World.Callback), new("code_verifier", Verifier),
            new("client_id", world.Strict.Client.Id), new("client_secret", world.Strict.Secret!.Reveal()),
        ]));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Secrets["access"] = json.RootElement.GetProperty("access_token").GetString()!;
        Secrets["refresh"] = json.RootElement.GetProperty("refresh_token").GetString()!;
        Secrets["personal"] = (await world.Get<PersonalTokenIssuing>().IssueAsync(world.Users["ada"], "fuzz", ScopeSet.Everything))!.Reveal();
        Secrets["other-personal"] = (await world.Get<PersonalTokenIssuing>().IssueAsync(world.Users["grace"], "fuzz", ScopeSet.Everything))!.Reveal();
        Secrets["secret"] = world.Strict.Secret!.Reveal();
        Secrets["compatible-secret"] = world.Compatible.Secret!.Reveal();
        Secrets["api-secret"] = world.Api.Secret!.Reveal();
    }

    // What the pages are about: an app of their own, and the numbers of tokens, apps and sessions.
    private async Task OwnAsync(World world)
    {
        var ada = world.Users["ada"];
        var own = await world.Get<ClientStore>().AddAsync(new NewClient { Label = "Own", RedirectUris = [World.Callback], OwnerId = ada });
        var tokens = await world.Get<PersonalTokenStore>().ListAsync(ada);
        var apps = await world.Get<ConsentStore>().ListAsync(ada);
        var sessions = await world.Get<SessionStore>().ListAsync(ada);
        Ids.AddRange([own.Client.Id, own.Client.Id, $"{tokens[^1].Id}", $"{apps[^1].Id}", $"{sessions[^1].Id}", $"{sessions[0].Id}"]);
    }

    private async Task BuildAsync(HttpClient http, World world)
    {
        foreach (var (path, body) in new[]
        {
            ("/v4/linode/instances", """{"region":"us-east","type":"g6-nanode-1","image":"linode/debian12","root_pass":"aComplexP@ssword"}"""),
            ("/v4/linode/stackscripts", """{"label":"script","images":["linode/debian12"],"script":"#!/bin/bash\n# <UDF name=\"a\" label=\"A\">\necho"}"""),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.ApiUrl, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secrets["personal"]);
            using var answer = await http.SendAsync(request);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            if (json.RootElement.TryGetProperty("id", out var id))
            {
                Ids.Add(id.ToString());
            }
        }
    }
}
