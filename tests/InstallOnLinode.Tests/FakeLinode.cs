using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InstallOnLinode.Tests;

/// <summary>
/// Just enough of Linode for the app to meet over HTTP: a login server where everybody is logged in and answers as
/// <see cref="Decision"/> says, and an API that creates a Linode or refuses to. The flow tests use the real ones.
/// </summary>
internal sealed class FakeLinode : IAsyncDisposable
{
    public const string AllScopes = "linodes:read_write stackscripts:read_only";

    private readonly WebApplication _server;
    private int _issued;

    private FakeLinode(WebApplication server) => _server = server;

    public Uri Url => new(_server.Urls.Single());

    public Uri Api => new(Url, "/v4");

    /// <summary>What the person answers: the scopes they grant, or null for no.</summary>
    public string? Decision { get; set; } = AllScopes;

    public int CreateStatus { get; set; } = 200;

    public int RevokeStatus { get; set; } = 200;

    public int ListStatus { get; set; } = 200;

    public int TokenStatus { get; set; } = 200;

    public ConcurrentQueue<IQueryCollection> Authorizations { get; } = new();

    public ConcurrentQueue<string> Created { get; } = new();

    public ConcurrentDictionary<string, bool> LivingTokens { get; } = new();

    public int Issued => _issued;

    public static async Task<FakeLinode> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var fake = new FakeLinode(server);
        server.MapGet("/oauth/authorize", fake.Authorize);
        server.MapPost("/oauth/token", fake.TokenAsync);
        server.MapPost("/oauth/revoke", fake.RevokeAsync);
        server.MapGet("/v4/regions", () => fake.List("""{"id":"us-east","label":"Newark, NJ","country":"us","status":"ok","capabilities":["Linodes"]},{"id":"eu-west","label":"London, UK","country":"gb","status":"ok","capabilities":["Linodes"]},{"id":"moon","label":"Moon","country":"xx","status":"outage","capabilities":["Linodes"]}"""));
        server.MapGet("/v4/linode/types", () => fake.List("""{"id":"g6-standard-1","label":"Linode 2GB","class":"standard","disk":51200,"memory":2048,"vcpus":1,"price":{"hourly":0.018,"monthly":12}},{"id":"g6-nanode-1","label":"Nanode 1GB","class":"nanode","disk":25600,"memory":1024,"vcpus":1,"price":{"hourly":0.0075,"monthly":5}}"""));
        server.MapGet("/v4/images", () => fake.List("""{"id":"linode/debian12","label":"Debian 12","is_public":true,"deprecated":false,"status":"available"},{"id":"linode/ubuntu24.04","label":"Ubuntu 24.04 LTS","is_public":true,"deprecated":false,"status":"available"},{"id":"linode/alpine3.20","label":"Alpine 3.20","is_public":true,"deprecated":false,"status":"available"}"""));
        server.MapGet("/v4/linode/stackscripts/7", () => Json("""{"id":7,"label":"Wiki","username":"linode","description":"A small wiki, ready to write in.","images":["linode/debian12","linode/ubuntu24.04"],"is_public":true,"user_defined_fields":[{"name":"title","label":"Title of the wiki","example":"Our notes"},{"name":"theme","label":"Theme","oneof":"light,dark","default":"light"},{"name":"extras","label":"Extras","manyof":"search,feeds,backup","default":""},{"name":"admin_password","label":"Password of the editor"}]}"""));
        server.MapPost("/v4/linode/instances", fake.CreateAsync);
        await server.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Authorize(HttpRequest request)
    {
        Authorizations.Enqueue(request.Query);
        var answer = Decision is null ? "error=access_denied" : "code=c" + Interlocked.Increment(ref _issued);
        return Results.Redirect($"{request.Query["redirect_uri"]}?{answer}&state={Uri.EscapeDataString(request.Query["state"]!)}&iss={Uri.EscapeDataString(Url.OriginalString.TrimEnd('/'))}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (TokenStatus != 200)
        {
            return Json("""{"error":"invalid_grant","error_description":"The code has expired."}""", TokenStatus);
        }

        var token = "token" + form["code"];
        LivingTokens[token] = true;
        return Json($$"""{"access_token":"{{token}}","token_type":"bearer","expires_in":7200,"refresh_token":"r{{token}}","scope":"{{Decision}}","scopes":"{{Decision}}"}""");
    }

    private async Task<IResult> RevokeAsync(HttpRequest request)
    {
        var token = (await request.ReadFormAsync())["token"].ToString();
        if (RevokeStatus == 200)
        {
            LivingTokens.TryRemove(token, out _);
        }

        return Results.StatusCode(RevokeStatus);
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        if (CreateStatus != 200 || !LivingTokens.ContainsKey(request.Headers.Authorization.ToString().Split(' ')[^1]))
        {
            return Json("""{"errors":[{"reason":"Account limit reached.","field":"type"}]}""", CreateStatus == 200 ? 401 : CreateStatus);
        }

        Created.Enqueue(await new StreamReader(request.Body).ReadToEndAsync());
        return Json($$"""{"id":{{Created.Count}},"label":"linode{{Created.Count}}","status":"provisioning","region":"eu-west","type":"g6-nanode-1","image":"linode/debian12","ipv4":["203.0.113.{{Created.Count}}"],"created":"2026-01-01T00:00:00","updated":"2026-01-01T00:00:00"}""");
    }

    private IResult List(string elements) =>
        ListStatus == 200 ? Json($$"""{"data":[{{elements}}],"page":1,"pages":1,"results":3}""") : Json("""{"errors":[{"reason":"Down."}]}""", ListStatus);

    private static IResult Json(string json, int status = 200) => Results.Text(json, "application/json", statusCode: status);
}
