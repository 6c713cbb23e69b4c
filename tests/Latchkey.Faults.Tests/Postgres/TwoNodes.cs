using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Latchkey.Faults.Tests.Postgres;

/// <summary>Two login servers over one database, each a process of its own, and what an app's HTTP client does with them.</summary>
internal sealed class TwoNodes : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http = new();
    private readonly Dictionary<string, string>[] _environments;
    private readonly RunningServer?[] _servers = new RunningServer?[2];
    private readonly string[] _urls = ["", ""];
    private int _requests;

    private TwoNodes(Dictionary<string, string>[] environments) => _environments = environments;

    /// <summary>What a command is told, to be run beside them.</summary>
    public Dictionary<string, string> Environment => _environments[1];

    /// <summary>An app of theirs.</summary>
    public App App { get; private set; } = null!;

    /// <param name="connections">The connection string of each node.</param>
    public static async Task<TwoNodes> StartAsync(string keyFile, string[] connections)
    {
        var nodes = new TwoNodes([.. connections.Select(c => Variables(c, keyFile))]);
        await Task.WhenAll(nodes.StartAsync(0), nodes.StartAsync(1));
        nodes.App = await App.RegisterAsync(nodes._environments[1], "survivor");
        nodes.App.Issuer = nodes._urls[1];
        return nodes;
    }

    public static Dictionary<string, string> Variables(string connection, string keyFile) =>
        new() { ["LATCHKEY_DATABASE"] = connection, ["LATCHKEY_KEY_FILE"] = keyFile };

    /// <summary>Before nodes are started with less patience than making the tables may take.</summary>
    public static async Task MakeTablesAsync(string connection, string keyFile) =>
        (await Command.RunAsync(Variables(connection, keyFile), "user", "list")).Succeeded();

    public async Task StartAsync(int node)
    {
        var server = await RunningServer.StartAsync(_environments[node], "serve", "--json", "--urls", "http://127.0.0.1:0");
        (_servers[node], _urls[node]) = (server, server.Issuer);
        App?.Issuer = server.Issuer;
    }

    public async Task KillAsync(int node)
    {
        App.Issuer = _urls[1 - node];
        await _servers[node]!.KillAsync();
        await _servers[node]!.DisposeAsync();
    }

    public async Task<CommandResult> TerminateAsync(int node)
    {
        App.Issuer = _urls[1 - node];
        var result = await _servers[node]!.TerminateAsync();
        await _servers[node]!.DisposeAsync();
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        App.Dispose();
        foreach (var server in _servers)
        {
            try
            {
                await server!.DisposeAsync();
            }
            catch (InvalidOperationException)
            {
                // It was ended, and its process let go of, by the test.
            }
        }
    }

    /// <summary>Waits for a condition, however long a busy machine takes for it.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(Pause, patience.Token);
        }
    }

    /// <summary>Waits until a node says that it is ready.</summary>
    public Task ReadyAsync(int node) => UntilAsync(async () => await GetAsync(node, "/health/ready") == HttpStatusCode.OK);

    /// <summary>Waits until one of them does.</summary>
    public Task AnyReadyAsync() => UntilAsync(async () =>
        await GetAsync(0, "/health/ready") == HttpStatusCode.OK || await GetAsync(1, "/health/ready") == HttpStatusCode.OK);

    public async Task<HttpStatusCode?> GetAsync(int node, string path)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(_urls[node] + path));
            return response.StatusCode;
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            return null;
        }
    }

    public Task<Answer> RedeemAsync((string Code, string Verifier) authorization, int? node = null) => PostAsync(
        node,
        "/oauth/token",
        ("grant_type", "authorization_code"), ("code", authorization.Code), ("code_verifier", authorization.Verifier), ("redirect_uri", App.RedirectUri));

    public Task<Answer> RefreshAsync(string token, int? node = null) =>
        PostAsync(node, "/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", token));

    public Task<Answer> RevokeAsync(string token, int? node = null) => PostAsync(node, "/oauth/revoke", ("token", token));

    public Task<Answer> IntrospectAsync(string token, int node) => PostAsync(node, "/oauth/introspect", ("token", token));

    // Round robin where no node is named; nobody listening there, the request goes to the other one.
    private async Task<Answer> PostAsync(int? node, string path, params (string Name, string Value)[] fields)
    {
        var first = node ?? (int)((uint)Interlocked.Increment(ref _requests) % 2);
        return await SendAsync(first, path, fields)
            ?? (node is null ? await SendAsync(1 - first, path, fields) : null)
            ?? new Answer(first, null, default);
    }

    /// <summary>Null when nobody listened, so that nothing was sent.</summary>
    private async Task<Answer?> SendAsync(int node, string path, (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            fields.Append(("client_id", App.Id)).Append(("client_secret", App.Secret)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        try
        {
            using var response = await _http.PostAsync(new Uri(_urls[node] + path), content);
            var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
            return new Answer(node, response.StatusCode, isJson ? await response.Content.ReadFromJsonAsync<JsonElement>() : default);
        }
        catch (SocketException)
        {
            // Bare only while connecting: taken and reset at once.
            return null;
        }
        catch (HttpRequestException broken)
        {
            return broken.HttpRequestError == HttpRequestError.ConnectionError ? null : new Answer(node, null, default);
        }
        catch (Exception broken) when (broken is HttpIOException or IOException)
        {
            return new Answer(node, null, default);
        }
    }
}
