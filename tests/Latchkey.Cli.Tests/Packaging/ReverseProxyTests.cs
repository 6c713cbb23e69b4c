using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Latchkey.Cli.Tests.Packaging;

/// <summary>The configurations of docs/guides/reverse-proxy.md, each in front of a running server.</summary>
public sealed class ReverseProxyTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TempDirectory _directory = new();
    private readonly Proxy _proxy = new();

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    [InlineData("caddy")]
    public async Task A_login_passes_and_leaves_nothing_of_itself_in_the_log(string name)
    {
        await using var server = await BeginAsync(name);
        using var app = await App.RegisterAsync(_directory.Data, "rose", _proxy.From("127.0.0.77"));
        app.Issuer = _proxy.Issuer;

        var authorization = await app.AuthorizeAsync();
        var (access, _) = App.Tokens(await app.RedeemAsync(authorization));

        Assert.True(await app.IsActiveAsync(access));
        await LoggedAsync("/oauth/introspect");
        Assert.Contains("/oauth/authorize", _proxy.Logs, StringComparison.Ordinal);
        Assert.All(
            [authorization.Code, app.Id, app.Secret, access, "code_challenge", "return_url", App.Password],
            secret => Assert.DoesNotContain(secret, _proxy.Logs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    [InlineData("caddy")]
    public async Task Who_logs_in_is_known_by_the_address_the_proxy_sees_and_not_by_one_they_invent(string name)
    {
        await using var server = await BeginAsync(name);
        using var app = await App.RegisterAsync(_directory.Data, "rose");
        using var browser = new Browser(_proxy.From("127.0.0.78"));
        browser.Headers.Add("X-Forwarded-For", "203.0.113.9");

        await browser.LogInAsync(await browser.GetAsync(_proxy.Issuer + "/login"), "rose", App.Password);

        Assert.Equal(["127.0.0.78"], await AddressesOfLoginsAsync("rose"));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    [InlineData("caddy")]
    public async Task The_server_keeps_its_own_name_and_its_health_is_nobodys_business(string name)
    {
        await using var server = await BeginAsync(name);
        using var handler = new SocketsHttpHandler();
        _proxy.From("127.0.0.1")(handler);
        using var http = new HttpClient(handler);

        var metadata = await http.GetFromJsonAsync<JsonElement>(new Uri(_proxy.Issuer + "/.well-known/oauth-authorization-server"), TestContext.Current.CancellationToken);
        using var health = await http.GetAsync(new Uri(_proxy.Issuer + "/health/live"), TestContext.Current.CancellationToken);

        Assert.Equal(_proxy.Issuer, metadata.GetProperty("issuer").GetString());
        Assert.Equal(HttpStatusCode.NotFound, health.StatusCode);
    }

    private async Task<RunningServer> BeginAsync(string name)
    {
        var at = $"http://127.0.0.1:{Proxy.FreePort()}";
        var server = await RunningServer.StartAsync(
            "serve", "--json", "--data", _directory.Data, "--urls", at, "--behind-proxy", "127.0.0.1", "--issuer", _proxy.Issuer);
        await _proxy.StartAsync(name, new Uri(at));
        return server;
    }

    private async Task<IEnumerable<string?>> AddressesOfLoginsAsync(string user)
    {
        var token = (await Command.RunAsync("token", "create", "--user", user, "--data", _directory.Data, "--json")).Json().GetProperty("token").GetString();
        using var handler = new SocketsHttpHandler();
        _proxy.From("127.0.0.1")(handler);
        using var http = new HttpClient(handler) { DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        var logins = await http.GetFromJsonAsync<JsonElement>(new Uri(_proxy.Issuer + "/v4/profile/logins"), TestContext.Current.CancellationToken);
        return logins.GetProperty("data").EnumerateArray().Select(l => l.GetProperty("ip").GetString());
    }

    // A proxy may write its log a little after it has answered.
    private async Task LoggedAsync(string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!_proxy.Logs.Contains(path, StringComparison.Ordinal))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
