using System.Text.RegularExpressions;
using InstallOnLinode;
using Latchkey.CloudApi;
using Latchkey.CloudApi.Hosting;
using Latchkey.Linode;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.LoginServer.Hosting;
using Latchkey.Protocol;
using Latchkey.Storage;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Flows.Tests.Framework;

/// <summary>
/// Everyone who takes part in a login: login server, cloud API and example app, each a real HTTP host on a port of its own
/// over a real database, their clock in the test's hands. The login server may be two (<see cref="Nodes"/>). Also a client of the test's own, for steps the example app hides.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string UserName = "ada";
    public const string Password = "violet-anchor-sings-41";
    private const int StackScript = 10001;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("latchkey-flow-");
    private readonly List<WebApplication> _hosts = [];
    private readonly List<WebApplication> _beside = [];
    private readonly List<ListeningSockets> _nodes = [];
    private readonly ListeningSockets _login = Take();
    private readonly ListeningSockets _api = Take();
    private readonly ListeningSockets _app = Take();

    private readonly Action<WebApplicationBuilder>? _more;
    private readonly TestDatabase _database = new();

    private Scene(Action<WebApplicationBuilder>? more) => _more = more;

    private readonly DeliberateFaultSettings _faults = new();

    /// <summary>Starts at the real time: browsers judge the age of cookies by their own clock.</summary>
    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public string LoginUrl => _login.Addresses[0].Url;

    public string ApiUrl => _api.Addresses[0].Url + "/v4";

    public string AppUrl => _app.Addresses[0].Url;

    /// <summary>The example app, as registered.</summary>
    public RegisteredClient App { get; private set; } = null!;

    public RegisteredClient Api { get; private set; } = null!;

    /// <summary>A confidential client of the test's own; its redirect URI is never fetched.</summary>
    public RegisteredClient Client { get; private set; } = null!;

    public Guid UserId { get; private set; }

    /// <summary>Every route of both servers below <c>/v4</c>, as "GET /profile/tokens/{}".</summary>
    public IReadOnlySet<string> ApiRoutes => _hosts.Take(2)
        .SelectMany(h => h.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => $"{m} {e.RoutePattern.RawText}"))
        .Where(r => r.Contains(" /v4/", StringComparison.Ordinal) && !r.StartsWith("HEAD", StringComparison.Ordinal) && !r.Contains("{**rest}", StringComparison.Ordinal))
        .Select(r => Regex.Replace(r.Replace(" /v4/", " /", StringComparison.Ordinal), @"\{[^}]*\}", "{}"))
        .ToHashSet();

    /// <summary>What the login server and the cloud API keep on disk.</summary>
    public DirectoryInfo Data => _data;

    public T Get<T>()
        where T : notnull => _hosts[0].Services.GetRequiredService<T>();

    /// <summary>What the cloud API is made of.</summary>
    public IServiceProvider ApiServices => _hosts[1].Services;

    /// <summary>As <see cref="StartAsync(Action{WebApplicationBuilder})"/>, with faults around login server and API.</summary>
    public static Task<Scene> StartWithFaultsAsync(Action<DeliberateFaultSettings> faults)
    {
        var scene = new Scene(more: null);
        faults(scene._faults);
        return StartAsync(scene);
    }

    /// <summary>Starts everyone; <paramref name="more"/> is asked for each of the three.</summary>
    public static Task<Scene> StartAsync(Action<WebApplicationBuilder>? more = null) => StartAsync(new Scene(more));

    private static async Task<Scene> StartAsync(Scene scene)
    {
        try
        {
            await scene.StartLoginServerAsync();
            await scene.StartApiAndAppAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public static Browser NewBrowser() => new();

    /// <summary>The SDK on the side of the test's own client.</summary>
    public LinodeLoginClient Sdk(RegisteredClient? client = null) =>
        new((client ?? Client).Client.Id, (client ?? Client).Secret?.Reveal(), new Uri(LoginUrl), clock: Clock) { RequireIssuer = true };

    public LinodeClient Linode(AccessToken token) => new(token, new Uri(ApiUrl));

    /// <summary>Sends the browser through login and consent, and catches it where the app would be.</summary>
    public async Task<(LoginRequest Request, Uri Callback)> AuthorizeAsync(Browser browser, ScopeSet scopes, RegisteredClient? client = null, params string[] untick)
    {
        var request = Sdk(client).GenerateLoginUrl(scopes, new Uri((client ?? Client).Client.RedirectUris[0]));
        var page = await browser.OpenAsync(request.Url.AbsoluteUri);
        if (page.Url.StartsWith($"{LoginUrl}/login", StringComparison.Ordinal))
        {
            page = await browser.SubmitAsync(page, ("username", UserName), ("password", Password));
        }

        if (page.Location is null)
        {
            page = await browser.ConsentAsync(page, "allow", untick);
        }

        return (request, new Uri(page.Location ?? throw new InvalidOperationException($"No way back to the app from {page.Url}.")));
    }

    /// <summary>All of the above, and the code redeemed.</summary>
    public async Task<OAuthToken> LogInAsync(Browser browser, ScopeSet scopes, RegisteredClient? client = null)
    {
        var (request, callback) = await AuthorizeAsync(browser, scopes, client);
        return await Sdk(client).FinishOAuthAsync(callback, request);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }

        foreach (var host in Enumerable.Reverse(_beside))
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }

        _nodes.ForEach(n => n.Dispose());
        _database.Dispose();
        _login.Dispose();
        _api.Dispose();
        _app.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task StartLoginServerAsync()
    {
        void Storage(StorageOptions options) => _database.Configure(options, _data.FullName);
        if (TestDatabase.IsPostgres)
        {
            _nodes.AddRange([Take(), Take()]);
            _beside.AddRange(Nodes.Beside(_login, _nodes[0].Addresses[0].Url, _nodes[1], LoginUrl, Storage, JoinLogin));
        }

        var login = LoginServerHost.Build(_nodes.FirstOrDefault() ?? _login, server => server.Issuer = LoginUrl, Storage, JoinLogin);
        _hosts.Add(login);
        await login.PrepareAsync();
        var user = await Get<AccountStore>().CreateAsync(new NewAccount(UserName, "ada@example.com"), Password);
        UserId = user.User?.Id ?? throw new InvalidOperationException(string.Join(' ', user.Problems));
        var clients = Get<ClientStore>();
        Api = await clients.AddAsync(new NewClient { Label = "Cloud API", Api = true });
        App = await clients.AddAsync(new NewClient { Label = "Install on Linode", RedirectUris = [AppUrl + InstallOnLinodeApp.CallbackPath] });
        Client = await clients.AddAsync(new NewClient { Label = "Test app", RedirectUris = ["http://127.0.0.1/callback"] });
        await login.StartAsync();
        foreach (var host in _beside)
        {
            await host.StartAsync();
        }
    }

    private async Task StartApiAndAppAsync()
    {
        var options = new CloudApiOptions
        {
            DataDirectory = _data.FullName,
            LoginServer = new Uri(LoginUrl),
            ClientId = Api.Client.Id,
            ClientSecret = Api.Secret!,
        };
        _hosts.Add(CloudApiHost.Build(options, builder =>
        {
            _api.Use(builder.WebHost);
            Join(builder);
            builder.Services.AddDeliberateFaultsToApi(_faults);
        }));
        _hosts.Add(InstallOnLinodeApp.Build(builder =>
        {
            _app.Use(builder.WebHost);
            Join(builder);
            builder.Services.Configure<InstallOnLinodeOptions>(app =>
            {
                app.ClientId = App.Client.Id;
                app.ClientSecret = App.Secret!.Reveal();
                app.LoginServer = new Uri(LoginUrl);
                app.ApiServer = new Uri(ApiUrl);
                app.StackScriptId = StackScript;
            });
        }));
        foreach (var host in _hosts.Skip(1))
        {
            await host.StartAsync();
        }
    }

    private void JoinLogin(WebApplicationBuilder builder)
    {
        Join(builder);
        builder.Services.AddDeliberateFaultsToLoginServer(_faults);
    }

    private void Join(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        _more?.Invoke(builder);
    }

    private static ListeningSockets Take() =>
        ListeningSockets.Take(ListenAddress.TryParse("http://localhost:0", out var any) ? any : throw new InvalidOperationException());
}
