using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;

namespace Latchkey.Cli.Tests;

/// <summary>An app of the operator's own, registered as by <c>client add --trusted</c>, and its user.</summary>
internal sealed class App : IDisposable
{
    public const string RedirectUri = "https://app.example/callback";
    public const string Password = "correct horse battery";

    private readonly Browser _browser;
    private readonly HttpClient _http;

    private App(string username, string id, string secret, Action<SocketsHttpHandler>? connect = null)
    {
        _browser = new Browser(connect);
        var handler = new SocketsHttpHandler();
        connect?.Invoke(handler);
        _http = new HttpClient(handler);
        Username = username;
        Id = id;
        Secret = secret;
    }

    public string Username { get; }

    public string Id { get; }

    public string Secret { get; }

    /// <summary>Where the server answers now; a restart may move it.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>On this data directory; the server is reached as <paramref name="connect"/> says.</summary>
    public static Task<App> RegisterAsync(string data, string username, Action<SocketsHttpHandler>? connect = null) =>
        RegisterAsync(new Dictionary<string, string> { ["LATCHKEY_DATA"] = data }, username, connect);

    /// <summary>On the data that these variables name.</summary>
    public static async Task<App> RegisterAsync(
        Dictionary<string, string> environment, string username, Action<SocketsHttpHandler>? connect = null)
    {
        await using var stores = await Stores.OpenAsync(environment);
        var user = await stores.Accounts.CreateAsync(new NewAccount(username, username + "@example.com"), Password);
        Assert.True(user.Succeeded, string.Join(' ', user.Problems));
        var client = await stores.Clients.AddAsync(new NewClient { Label = "App", RedirectUris = [RedirectUri], Trusted = true });
        return new App(username, client.Client.Id, client.Secret!.Reveal(), connect);
    }

    /// <summary>By a <c>latchkey</c> that is run like this, given its input and its words.</summary>
    public static async Task<App> RegisterWithCommandsAsync(Func<string, string[], Task<CommandResult>> run, string username)
    {
        (await run(Password + "\n", ["user", "add", username, "--email", username + "@example.com", "--password-stdin"])).Succeeded();
        var client = (await run("", ["client", "add", "--label", "App", "--redirect-uri", RedirectUri, "--trusted", "--json"])).Json();
        return new App(username, client.GetProperty("id").GetString()!, client.GetProperty("secret").GetString()!);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _http.Dispose();
    }

    /// <summary>Through the login page if need be, back with a code.</summary>
    public async Task<(string Code, string Verifier)> AuthorizeAsync()
    {
        var authorization = await TryAuthorizeAsync();
        Assert.NotNull(authorization);
        return authorization.Value;
    }

    /// <summary>The same; null when the server answers that it cannot just now, with 503 or, in trouble of a certain kind, otherwise.</summary>
    public async Task<(string Code, string Verifier)?> TryAuthorizeAsync(HttpStatusCode orElse = HttpStatusCode.ServiceUnavailable)
    {
        var (response, verifier) = await AskAsync();
        if (response.StatusCode == HttpStatusCode.OK)
        {
            response = await _browser.LogInAsync(response, Username, Password);
        }

        if (response.StatusCode == HttpStatusCode.ServiceUnavailable || response.StatusCode == orElse)
        {
            return null;
        }

        Assert.NotNull(response.Headers.Location);
        Assert.StartsWith(RedirectUri, response.Headers.Location.OriginalString, StringComparison.Ordinal);
        return (HttpUtility.ParseQueryString(response.Headers.Location.Query)["code"]!, verifier);
    }

    /// <summary>False when the browser is logged in and comes back with a code at once.</summary>
    public async Task<bool> MustLogInAsync() => (await AskAsync()).Response.StatusCode == HttpStatusCode.OK;

    public Task<(HttpStatusCode Status, JsonElement Body)> RedeemAsync((string Code, string Verifier) authorization) => PostAsync(
        "/oauth/token",
        ("grant_type", "authorization_code"), ("code", authorization.Code), ("code_verifier", authorization.Verifier), ("redirect_uri", RedirectUri));

    public Task<(HttpStatusCode Status, JsonElement Body)> RefreshAsync(string refreshToken) =>
        PostAsync("/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public async Task RevokeAsync(string token) => Assert.Equal(HttpStatusCode.OK, await TryRevokeAsync(token));

    public async Task<HttpStatusCode> TryRevokeAsync(string token) => (await PostAsync("/oauth/revoke", ("token", token))).Status;

    public async Task<bool> IsActiveAsync(string token) => (await PostAsync("/oauth/introspect", ("token", token))).Body.GetProperty("active").GetBoolean();

    /// <summary>What the account API says to a token.</summary>
    public async Task<HttpStatusCode> ProfileAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Issuer + "/v4/profile");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>A whole login; both tokens.</summary>
    public async Task<(string Access, string Refresh)> LogInAsync() => Tokens(await RedeemAsync(await AuthorizeAsync()));

    public static (string Access, string Refresh) Tokens((HttpStatusCode Status, JsonElement Body) answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToString());
        return (answer.Body.GetProperty("access_token").GetString()!, answer.Body.GetProperty("refresh_token").GetString()!);
    }

    private async Task<(HttpResponseMessage Response, string Verifier)> AskAsync()
    {
        var verifier = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return (
            await _browser.GetAsync(
                $"{Issuer}/oauth/authorize?response_type=code&client_id={Id}&redirect_uri={Uri.EscapeDataString(RedirectUri)}"
                + $"&scope=linodes:read_only&state=s&code_challenge={challenge}&code_challenge_method=S256"),
            verifier);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            fields.Append(("client_id", Id)).Append(("client_secret", Secret)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var response = await _http.PostAsync(new Uri(Issuer + path), content);
        return response.Content.Headers.ContentLength == 0
            ? (response.StatusCode, default)
            : (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
