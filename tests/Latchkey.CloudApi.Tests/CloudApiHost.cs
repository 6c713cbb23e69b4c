using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.CloudApi.Tests;

/// <summary>The cloud API as a real HTTP host with a login server beside it and a clock that stands still.</summary>
internal sealed class CloudApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private CloudApiHost(WebApplication app, StubLoginServer login, FakeTimeProvider clock, DirectoryInfo data, LogLines log)
    {
        (_app, Login, Clock, Data, Log) = (app, login, clock, data, log);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };
    }

    public StubLoginServer Login { get; }

    public FakeTimeProvider Clock { get; }

    public DirectoryInfo Data { get; }

    public LogLines Log { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IEnumerable<RouteEndpoint> Routes => _app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    public static async Task<CloudApiHost> StartAsync(Func<CloudApiOptions, CloudApiOptions>? configure = null, DirectoryInfo? data = null, LogLevel level = LogLevel.Warning)
    {
        var login = await StubLoginServer.StartAsync();
        data ??= Directory.CreateTempSubdirectory("latchkey-cloud-");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(level).AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        var options = Options(data.FullName, login.Address);
        builder.Services.AddLatchkeyCloudApi(configure?.Invoke(options) ?? options);
        var app = builder.Build();
        app.UseLatchkeyCloudApi();
        app.MapLatchkeyCloudApi();
        await app.StartAsync();
        return new CloudApiHost(app, login, clock, data, log);
    }

    public static CloudApiOptions Options(string data, Uri login) => new()
    {
        DataDirectory = data,
        LoginServer = login,
        ClientId = StubLoginServer.ApiId,
        ClientSecret = new ClientSecret(StubLoginServer.ApiSecret),
    };

    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, string? token = null, string? json = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        change?.Invoke(request);
        using var response = await _client.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    public Task<ApiAnswer> GetAsync(string path, string? token = null, string? filter = null) =>
        SendAsync(HttpMethod.Get, path, token, change: r =>
        {
            if (filter is not null)
            {
                r.Headers.TryAddWithoutValidation("X-Filter", filter);
            }
        });

    public Task<ApiAnswer> PostAsync(string path, string token, string? json = null) => SendAsync(HttpMethod.Post, path, token, json);

    /// <summary>A Linode of this token's user, from as little as it takes.</summary>
    public async Task<JsonElement> CreateLinodeAsync(string token, string label, string region = "us-east", string more = "")
    {
        var answer = await PostAsync("/v4/linode/instances", token,
            $$"""{"region":"{{region}}","type":"g6-nanode-1","image":"linode/debian12","root_pass":"aComplexP@ssword","label":"{{label}}"{{more}}}""");
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await Login.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Data.Delete(recursive: true);
    }
}
