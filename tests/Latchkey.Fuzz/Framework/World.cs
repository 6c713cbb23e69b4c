using Latchkey.CloudApi;
using Latchkey.CloudApi.Hosting;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Hosting;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Fuzz.Framework;

/// <summary>Login server and cloud API as real HTTP hosts on loopback, two users, and clients of every kind.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Password = "violet-anchor-sings-41";
    public const string Callback = "https://app.example/callback";
    public const string OtherCallback = "https://other.example/back";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("latchkey-fuzz-");
    private readonly ListeningSockets _loginSockets = Take();
    private readonly ListeningSockets _apiSockets = Take();
    private readonly TestDatabase _database = new();
    private WebApplication _login = null!;
    private WebApplication _api = null!;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Faults Faults { get; } = new();

    public Uri LoginUrl => new(_loginSockets.Addresses[0].Url);

    public Uri ApiUrl => new(_apiSockets.Addresses[0].Url);

    public string DataDirectory => _data.FullName;

    public IServiceProvider Services => _login.Services;

    public Dictionary<string, Guid> Users { get; } = [];

    /// <summary>Confidential and strict.</summary>
    public RegisteredClient Strict { get; private set; } = null!;

    public RegisteredClient Public { get; private set; } = null!;

    public RegisteredClient Compatible { get; private set; } = null!;

    public RegisteredClient Api { get; private set; } = null!;

    public static IReadOnlyList<string> RedirectUris => [Callback, OtherCallback, "http://127.0.0.1/callback"];

    /// <summary>Every route of both servers, as they were mapped: one that is added later is in it too.</summary>
    public IReadOnlyList<Route> Routes => [.. RoutesOf(_login, LoginUrl), .. RoutesOf(_api, ApiUrl)];

    public static async Task<World> StartAsync()
    {
        var world = new World();
        try
        {
            await world.StartLoginServerAsync();
            await world.StartApiAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { _api, _login }.Where(a => a is not null))
        {
            await app.DisposeAsync();
        }

        _database.Dispose();
        _loginSockets.Dispose();
        _apiSockets.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task StartLoginServerAsync()
    {
        _login = LoginServerHost.Build(
            _loginSockets, server => server.Issuer = _loginSockets.Addresses[0].Url, storage => _database.Configure(storage, DataDirectory), Join);
        await _login.PrepareAsync();
        foreach (var name in new[] { "ada", "grace" })
        {
            var added = await Get<AccountStore>().CreateAsync(new NewAccount(name, name + "@example.com"), Password);
            Users[name] = added.User?.Id ?? throw new InvalidOperationException(string.Join(' ', added.Problems));
        }

        var clients = Get<ClientStore>();
        Strict = await clients.AddAsync(new NewClient { Label = "Strict", RedirectUris = [Callback, "http://127.0.0.1/callback"] });
        Public = await clients.AddAsync(new NewClient { Label = "Public", RedirectUris = [OtherCallback], Public = true });
        Compatible = await clients.AddAsync(new NewClient { Label = "Compatible", RedirectUris = [Callback], Compatibility = Compatibility.Linode });
        Api = await clients.AddAsync(new NewClient { Label = "Cloud API", Api = true, Grants = [] });
        await _login.StartAsync();
    }

    private async Task StartApiAsync()
    {
        var options = new CloudApiOptions
        {
            DataDirectory = DataDirectory,
            LoginServer = LoginUrl,
            ClientId = Api.Client.Id,
            ClientSecret = Api.Secret!,
            RateLimits = new RateLimits { PerCaller = int.MaxValue, PerAddress = int.MaxValue },
        };
        _api = CloudApiHost.Build(options, builder =>
        {
            _apiSockets.Use(builder.WebHost);
            QuietLifetime(builder);
            Join(builder);
        });
        await _api.StartAsync();
    }

    private void Join(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(Faults);
        builder.Services.AddSingleton<TimeProvider>(Clock);

        // What slows guessing would only slow this.
        builder.Services.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
        builder.Services.Configure<LoginThrottleOptions>(o =>
        {
            o.FailureTime = TimeSpan.Zero;
            o.FailuresPerPeer = o.FailuresPerAccount = 1_000_000;
        });
    }

    private static void QuietLifetime(WebApplicationBuilder builder) => LoginServer.Hosting.QuietLifetime.Use(builder.Services);

    private static IEnumerable<Route> RoutesOf(WebApplication app, Uri url) =>
        app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => new Route(url, e.RoutePattern, e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]))
            .DistinctBy(r => $"{r.Server}{r.Pattern.RawText} {string.Join(',', r.Methods)}");

    private static ListeningSockets Take() =>
        ListeningSockets.Take(ListenAddress.TryParse("http://localhost:0", out var any) ? any : throw new InvalidOperationException());
}
