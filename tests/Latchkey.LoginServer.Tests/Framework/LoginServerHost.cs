using System.Net;
using System.Security.Cryptography;
using Latchkey.Core.Clients;
using Latchkey.LoginServer.Accounts;
using Latchkey.Storage;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>A login server in this process: real storage in a temporary directory, a clock that the test turns.</summary>
internal sealed class LoginServerHost : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "latchkey-login-" + RandomNumberGenerator.GetHexString(12, lowercase: true));
    private readonly TestDatabase _database = new();
    private WebApplication? _app;

    private LoginServerHost(string issuer) => Issuer = issuer;

    public string Issuer { get; }

    public AlarmClock Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordedLog Log { get; } = new();

    public IServiceProvider Services => _app!.Services;

    public static async Task<LoginServerHost> StartAsync(
        string issuer = "http://localhost:5080",
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? endpoints = null,
        Action<WebApplicationBuilder>? server = null)
    {
        var host = new LoginServerHost(issuer);
        if (!TestDatabase.IsPostgres)
        {
            await PreparedData.CopyToAsync(host._directory);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(host.Log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(host.Clock);
        builder.Services.AddLatchkeyLoginServer(o => o.Issuer = issuer, s => host._database.Configure(s, host._directory));

        // The cost of a hash and of a failure are held by tests of their own.
        builder.Services.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
        builder.Services.Configure<LoginThrottleOptions>(o => o.FailureTime = TimeSpan.Zero);
        services?.Invoke(builder.Services);
        if (server is null)
        {
            builder.WebHost.UseTestServer();
        }
        else
        {
            server(builder);
        }

        var app = builder.Build();
        await app.Services.GetRequiredService<Database>().PrepareAsync(TestContext.Current.CancellationToken);
        app.MapLatchkeyLoginServer();
        endpoints?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        host._app = app;
        return host;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A browser of its own, on a machine of its own when an address is given.</summary>
    public Browser NewBrowser(string peer = "127.0.0.1") => new(
        _app!.GetTestServer().CreateHandler(context => context.Connection.RemoteIpAddress = IPAddress.Parse(peer)), new Uri(Issuer));

    public async Task<Guid> AddUserAsync(string name = "maria")
    {
        var result = await Get<AccountStore>().CreateAsync(new NewAccount(name, $"{name}@example.org"), Password);
        Assert.True(result.Succeeded, string.Join(' ', result.Problems));
        return result.User.Id;
    }

    public async Task<Client> AddClientAsync(NewClient? client = null) => (await Get<ClientStore>().AddAsync(
        client ?? new NewClient { Label = "Install on Linode", RedirectUris = [App.Callback] })).Client;

    public async Task<Browser> LogInAsync(string name = "maria")
    {
        var browser = NewBrowser();
        var answer = await LogInAsync(browser, name);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        return browser;
    }

    public static async Task<Answer> LogInAsync(Browser browser, string name = "maria", string password = Password, string page = "/login") =>
        await browser.SubmitAsync((await browser.GetAsync(page)).Form("/login").Set("username", name).Set("password", password));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _database.Dispose();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
