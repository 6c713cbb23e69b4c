using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Latchkey.Core.Clients;
using Latchkey.Core.Consent;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.LoginServer.Tests.Tokens;

/// <summary>A login server over a real database, its clock in the test's hands, reached the way apps reach it.</summary>
internal sealed class BackChannel : IAsyncDisposable
{
    public const string Issuer = "http://localhost:5080";
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("latchkey-test-");
    private readonly TestDatabase _database = new();
    private readonly Action<LoginServerOptions>? _configure;
    private WebApplication _app;

    private BackChannel(Action<LoginServerOptions>? configure)
    {
        _configure = configure;
        _app = Build();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddLatchkeyLoginServer(
            options =>
            {
                options.Issuer = Issuer;
                _configure?.Invoke(options);
            },
            storage => _database.Configure(storage, _data.FullName));

        // No test here logs in with a password.
        builder.Services.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
        var app = builder.Build();
        app.MapLatchkeyLoginServer();
        return app;
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public HttpClient Http { get; private set; } = null!;

    public Guid UserId { get; private set; }

    public RegisteredClient App { get; private set; } = null!;

    public RegisteredClient Api { get; private set; } = null!;

    public CodeVerifier Verifier { get; } = CodeVerifier.Generate();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<BackChannel> StartAsync(Action<LoginServerOptions>? configure = null)
    {
        var server = new BackChannel(configure);
        await server.BeginAsync();
        var user = await server.Get<AccountStore>().CreateAsync(new NewAccount("ada", "ada@example.com"), "violet-anchor-sings-41");
        server.UserId = user.User!.Id;
        server.App = await server.AddClientAsync(new NewClient { Label = "App", RedirectUris = ["https://app.example/cb"] });
        server.Api = await server.AddClientAsync(new NewClient { Label = "API", Api = true });
        return server;
    }

    /// <summary>Another process on the same data, with the clock as it then stands.</summary>
    public async Task RestartAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _app = Build();
        await BeginAsync();
    }

    private async Task BeginAsync()
    {
        await Get<Database>().PrepareAsync();
        await _app.StartAsync();
        Http = _app.GetTestClient();
    }

    public Task<RegisteredClient> AddClientAsync(NewClient client) => Get<ClientStore>().AddAsync(client);

    /// <summary>What the browser would bring back after login and consent.</summary>
    public async Task<string> IssueCodeAsync(RegisteredClient? client = null, Func<Grant, Grant>? change = null)
    {
        client ??= App;
        var now = Clock.GetUtcNow();
        var scopes = ScopeSet.Parse("linodes:read_write stackscripts:read_only");
        await Get<ConsentStore>().RecordAsync(UserId, client.Client.Id, ConsentPlace.Of(client.Client.RedirectUris[0], null), scopes);
        var grant = new Grant
        {
            Id = Guid.CreateVersion7(now),
            ClientId = client.Client.Id,
            UserId = UserId,
            Scopes = scopes,
            State = GrantState.Pending,
            Generation = 0,
            RedirectUri = client.Client.RedirectUris[0],
            CodeChallenge = CodeChallenge.Of(Verifier),
            Refreshable = true,
            CreatedAt = now,
            CodeExpiresAt = now + TimeSpan.FromSeconds(60),
        };
        grant = change?.Invoke(grant) ?? grant;
        Assert.True(await Get<IGrantStore>().ApplyAsync(new GrantWrite.Insert(grant)));
        return new TokenIssuer(Get<LiveKeyRing>().Current, new TokenLifetimes()).Code(grant).Reveal();
    }

    public async Task<JsonElement> IssueTokensAsync(RegisteredClient? client = null) =>
        (await RedeemAsync(await IssueCodeAsync(client), client)).Expect(HttpStatusCode.OK);

    public Task<Answer> RedeemAsync(string code, RegisteredClient? client = null, params (string Name, string Value)[] changes) =>
        PostAsync("/oauth/token", client ?? App, [("grant_type", "authorization_code"), ("code", code), ("code_verifier", Verifier.Reveal()), .. changes]);

    public Task<Answer> RefreshAsync(string? token, RegisteredClient? client = null, params (string Name, string Value)[] changes) =>
        PostAsync("/oauth/token", client ?? App, [("grant_type", "refresh_token"), ("refresh_token", token!), .. changes]);

    public Task<Answer> RevokeAsync(string? token, RegisteredClient? client = null) =>
        PostAsync("/oauth/revoke", client ?? App, [("token", token!)]);

    public async Task<JsonElement> IntrospectAsync(string? token, RegisteredClient? client = null) =>
        (await PostAsync("/oauth/introspect", client ?? Api, [("token", token!)])).Expect(HttpStatusCode.OK);

    public async Task<bool> IsActiveAsync(string? token) => (await IntrospectAsync(token)).GetProperty("active").GetBoolean();

    /// <summary>Introspection says no, and refreshing is refused.</summary>
    public async Task AssertDeadAsync(JsonElement tokens)
    {
        Assert.False(await IsActiveAsync(tokens.Text("access_token")));
        (await RefreshAsync(tokens.Text("refresh_token"))).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
    }

    /// <summary>Credentials go into the body; later pairs replace earlier ones, and an empty value takes one away.</summary>
    public Task<Answer> PostAsync(string path, RegisteredClient client, params (string Name, string Value)[] pairs)
    {
        List<(string Name, string Value)> form = [("client_id", client.Client.Id)];
        if (client is { Secret: { } secret, Client.Public: false })
        {
            form.Add(("client_secret", secret.Reveal()));
        }

        foreach (var pair in pairs)
        {
            form.RemoveAll(f => f.Name == pair.Name);
            if (pair.Value.Length > 0)
            {
                form.Add(pair);
            }
        }

        return SendAsync(path, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
    }

    /// <summary>A token request with this secret, from this address.</summary>
    public async Task<Answer> GuessAsync(string clientId, string secret, string peer)
    {
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "refresh_token"), new("refresh_token", "lkr00"), new("client_id", clientId), new("client_secret", secret)]);
        using var http = new HttpClient(_app.GetTestServer().CreateHandler(c => c.Connection.RemoteIpAddress = IPAddress.Parse(peer))) { BaseAddress = new Uri(Issuer) };
        using var response = await http.PostAsync("/oauth/token", form);
        return new Answer(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString());
    }

    public async Task<Answer> SendAsync(string path, HttpContent? content, string? basic = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path) { Content = content };
        if (basic is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", basic);
        }

        using var response = await Http.SendAsync(request);
        return new Answer(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString());
    }

    public static string Basic(string id, string secret) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _database.Dispose();
        _data.Delete(recursive: true);
    }
}

internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string Body, string? ContentType)
{
    public JsonElement Expect(HttpStatusCode status)
    {
        // The body of a success holds tokens; a failing test must not print them.
        Assert.True(status == Status, $"Expected {status}, got {Status}{(Body.Contains("error") ? ": " + Body : "")}");
        return Body.Length == 0 ? default : JsonDocument.Parse(Body).RootElement;
    }

    public JsonElement ExpectError(HttpStatusCode status, string code)
    {
        var json = Expect(status);
        Assert.Equal(code, json.GetProperty("error").GetString());
        Assert.Equal(json.GetProperty("error_description").GetString(), json.GetProperty("errors")[0].GetProperty("reason").GetString());
        Assert.Equal("application/json", ContentType);
        Assert.Equal("no-store", Headers.CacheControl?.ToString());
        return json;
    }
}

internal static class JsonReading
{
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();
}
