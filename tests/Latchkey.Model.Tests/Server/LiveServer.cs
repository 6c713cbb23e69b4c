using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Hosting;
using Latchkey.Model.Tests.Model;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Model.Tests.Server;

/// <summary>The real login server on a port of its own over a real database; only its clock is the test's.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    public const string Password = "violet-anchor-sings-41";

    // In memory where there is such a place: what a disk forgets has tests of its own, and waiting for one would be most of the time.
    private readonly DirectoryInfo _data = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/latchkey-model-{Guid.NewGuid():N}")
        : Directory.CreateTempSubdirectory("latchkey-model-");

    private readonly ListeningSockets _sockets = ListeningSockets.Take(ListenAddress.TryParse("http://localhost:0", out var any) ? any : throw new InvalidOperationException());
    private readonly TestDatabase _database = new();
    private readonly WebApplication _app;
    private int _casts;

    private LiveServer()
    {
        _app = LoginServerHost.Build(
            _sockets,
            server =>
            {
                server.Issuer = _sockets.Addresses[0].Url;
                server.Lifetimes = new TokenLifetimes
                {
                    Code = World.CodeLife,
                    Access = World.AccessLife,
                    RefreshIdle = World.RefreshIdle,
                    Grant = World.GrantLife,
                    RetryWindow = World.RetryWindow,
                };
            },
            storage => _database.Configure(storage, _data.FullName),
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(Clock);

                // Sessions outlive every sequence, and what slows guessing has tests of its own.
                builder.Services.Configure<LoginSessionOptions>(o => o.Idle = o.Absolute = TimeSpan.FromDays(3650));
                builder.Services.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
                builder.Services.Configure<LoginThrottleOptions>(o =>
                {
                    o.FailureTime = TimeSpan.Zero;
                    o.FailuresPerPeer = o.FailuresPerAccount = 1_000_000_000;
                });
            });
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Url };
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Uri Url => new(_sockets.Addresses[0].Url);

    public HttpClient Http { get; }

    public RegisteredClient Api { get; private set; } = null!;

    public AccountStore Accounts => _app.Services.GetRequiredService<AccountStore>();

    public ClientStore Clients => _app.Services.GetRequiredService<ClientStore>();

    public static async Task<LiveServer> StartAsync()
    {
        var server = new LiveServer();
        await server._app.PrepareAsync();
        await server._app.StartAsync();
        server.Api = await server.Clients.AddAsync(new NewClient { Label = "API", Api = true, Grants = [] });
        return server;
    }

    /// <summary>New users and clients for one sequence, so that none knows of another.</summary>
    public async Task RegisterAsync(World world)
    {
        world.Now = Clock.GetUtcNow();
        var cast = ++_casts;
        foreach (var person in world.People)
        {
            var name = $"{person.Name}{cast}";
            var added = await Accounts.CreateAsync(new NewAccount(name, $"{name}@example.com"), Password);
            person.Id = added.User?.Id ?? throw new InvalidOperationException(string.Join(' ', added.Problems));
        }

        foreach (var app in world.Apps)
        {
            var added = await Clients.AddAsync(new NewClient
            {
                Label = $"{app.Kind} {cast}",
                RedirectUris = [app.Callback],
                Public = app.Public,
                Compatibility = app.Kind == AppKind.Compatible ? Compatibility.Linode : Compatibility.None,
            });
            (app.Id, app.Secret) = (added.Client.Id, added.Secret?.Reveal());
        }
    }

    public string NameOf(Person person) => $"{person.Name}{_casts}";

    /// <summary>A back-channel call: the status, and the JSON that came with it.</summary>
    public async Task<(int Status, JsonElement Json)> PostAsync(string path, string id, string? secret, params IEnumerable<(string Name, string? Value)> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("client_id", id)).Where(f => f.Item2 is not null).Select(f => KeyValuePair.Create(f.Item1, f.Item2!))),
        };
        if (secret is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        }

        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return ((int)response.StatusCode, body.Length == 0 ? default : JsonDocument.Parse(body).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _sockets.Dispose();
        _database.Dispose();
        _data.Delete(recursive: true);
    }
}
