using System.Security.Cryptography;
using Latchkey.CloudApi;
using Latchkey.CloudApi.Hosting;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.LoginServer.Hosting;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Testing;

/// <summary>
/// A login server and a cloud API inside a test: two real HTTP hosts on free loopback ports, with data of their own that goes
/// when they do.
/// </summary>
public sealed class LatchkeyServer : IAsyncDisposable
{
    private readonly WebApplication _login;
    private readonly WebApplication _api;
    private readonly DirectoryInfo _data;

    private LatchkeyServer(WebApplication login, WebApplication api, DirectoryInfo data, Uri loginUrl, Uri apiUrl)
    {
        _login = login;
        _api = api;
        _data = data;
        LoginUrl = loginUrl;
        ApiUrl = apiUrl;
    }

    /// <summary>What <c>LinodeLoginClient</c> takes as its base address; also the issuer.</summary>
    public Uri LoginUrl { get; }

    /// <summary>What <c>LinodeClient</c> takes as its base address; ends in <c>/v4</c>.</summary>
    public Uri ApiUrl { get; }

    /// <summary>The login server's own services, for what the methods here do not reach.</summary>
    public IServiceProvider LoginServices => _login.Services;

    /// <summary>Starts both; dispose of it at the end of the test.</summary>
    public static async Task<LatchkeyServer> StartAsync(
        Action<LatchkeyServerOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new LatchkeyServerOptions();
        configure?.Invoke(options);
        using var loginSockets = ListeningSockets.Take(Loopback());
        using var apiSockets = ListeningSockets.Take(Loopback());
        var data = Directory.CreateTempSubdirectory("latchkey-test-");
        try
        {
            var login = BuildLogin(options, loginSockets, data);
            await login.PrepareAsync(cancellationToken);
            var client = await login.Services.GetRequiredService<ClientStore>()
                .AddAsync(new NewClient { Label = "Cloud API", Api = true, Grants = [] }, cancellationToken);
            var api = BuildApi(options, apiSockets, data, new Uri(loginSockets.Addresses[0].Url), client);
            await Task.WhenAll(login.StartAsync(cancellationToken), api.StartAsync(cancellationToken));
            return new LatchkeyServer(login, api, data, new Uri(loginSockets.Addresses[0].Url), new Uri(apiSockets.Addresses[0].Url + "/v4"));
        }
        catch
        {
            data.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Adds a user who can log in at once; without a password they get a good one.</summary>
    public async Task<TestUser> AddUserAsync(string userName, string? password = null, CancellationToken cancellationToken = default)
    {
        password ??= RandomNumberGenerator.GetHexString(20, lowercase: true);
        var result = await LoginServices.GetRequiredService<AccountStore>()
            .CreateAsync(new NewAccount(userName, userName + "@example.com"), password, cancellationToken);
        return result.Succeeded
            ? new TestUser(result.User.Id, userName, password)
            : throw new ArgumentException(string.Join(' ', result.Problems), nameof(userName));
    }

    /// <summary>Registers an app that keeps a secret and is sent back to <paramref name="redirectUri"/>.</summary>
    public Task<RegisteredClient> AddClientAsync(string label, Uri redirectUri, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(redirectUri);
        return AddClientAsync(new NewClient { Label = label, RedirectUris = [redirectUri.OriginalString] }, cancellationToken);
    }

    /// <summary>Registers an app or an API of any kind.</summary>
    public Task<RegisteredClient> AddClientAsync(NewClient client, CancellationToken cancellationToken = default) =>
        LoginServices.GetRequiredService<ClientStore>().AddAsync(client, cancellationToken);

    /// <summary>A personal access token of the user, good for calling the API without logging in first.</summary>
    public async Task<PersonalAccessToken> CreateTokenAsync(TestUser user, ScopeSet scopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await LoginServices.GetRequiredService<PersonalTokenIssuing>().IssueAsync(user.Id, "test", scopes, cancellationToken: cancellationToken)
            ?? throw new InvalidOperationException($"The user {user.UserName} is disabled or gone.");
    }

    /// <summary>Stops both and removes their data.</summary>
    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _login.DisposeAsync();
        if (Directory.Exists(_data.FullName))
        {
            _data.Delete(recursive: true);
        }
    }

    private static WebApplication BuildLogin(LatchkeyServerOptions options, ListeningSockets sockets, DirectoryInfo data) => LoginServerHost.Build(
        sockets,
        server =>
        {
            server.Issuer = sockets.Addresses[0].Url;
            options.LoginServer(server);
        },
        storage => storage.DataDirectory = data.FullName,
        builder =>
        {
            Join(builder, options);
            builder.Services.AddDeliberateFaultsToLoginServer(options.DeliberateFaults);
        });

    private static WebApplication BuildApi(
        LatchkeyServerOptions options, ListeningSockets sockets, DirectoryInfo data, Uri login, RegisteredClient client) => CloudApiHost.Build(
        new CloudApiOptions
        {
            DataDirectory = data.FullName,
            LoginServer = login,
            ClientId = client.Client.Id,
            ClientSecret = client.Secret ?? throw new InvalidOperationException("An API has a secret."),
            Durations = options.Durations,
        },
        builder =>
        {
            sockets.Use(builder.WebHost);
            QuietLifetime.Use(builder.Services);
            Join(builder, options);
            builder.Services.AddDeliberateFaultsToApi(options.DeliberateFaults);
        });

    private static ListenAddress Loopback() =>
        ListenAddress.TryParse("http://127.0.0.1:0", out var address) ? address : throw new InvalidOperationException();

    private static void Join(WebApplicationBuilder builder, LatchkeyServerOptions options)
    {
        builder.Services.AddSingleton(options.Clock);
        options.Logging(builder.Logging);
    }
}
