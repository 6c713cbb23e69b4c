using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.CloudApi.Tests;

/// <summary>A login server as this API sees one: it introspects, and has a profile behind it.</summary>
internal sealed class StubLoginServer : IAsyncDisposable
{
    public const string ApiId = "0123456789abcdef0123";
    public const string ApiSecret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly WebApplication _app;

    private StubLoginServer(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, string> Introspections { get; } = new();

    public ConcurrentQueue<Seen> Forwarded { get; } = new();

    public int Introspected { get; private set; }

    /// <summary>What the profile answers; by default JSON.</summary>
    public Func<HttpContext, Task> Profile { get; set; } = context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers["X-OAuth-Scopes"] = "account:read_only";
        context.Response.Headers.SetCookie = "latchkey-login=no-business-here";
        return context.Response.WriteAsync("""{"username":"ada"}""");
    };

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<StubLoginServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StubLoginServer(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>A living token of this user with these scopes.</summary>
    public string Token(string username, string scopes, string? subject = null) =>
        Living($$"""{"active":true,"sub":"{{subject ?? "sub-" + username}}","username":"{{username}}","scope":"{{scopes}}","client_id":"aaaaaaaaaaaaaaaaaaaa","token_type":"Bearer","exp":4102444800}""");

    /// <summary>A living token of a client that acts for itself.</summary>
    public string ClientToken(string scopes) =>
        Living($$"""{"active":true,"scope":"{{scopes}}","client_id":"aaaaaaaaaaaaaaaaaaaa","token_type":"Bearer","exp":4102444800}""");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string Living(string introspection)
    {
        var token = "lka" + Guid.NewGuid().ToString("N");
        Introspections[token] = introspection;
        return token;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/oauth/introspect")
        {
            await IntrospectAsync(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        Forwarded.Enqueue(new Seen(
            context.Request.Method, context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
        await Profile(context);
    }

    private async Task IntrospectAsync(HttpContext context)
    {
        Introspected++;
        var form = await context.Request.ReadFormAsync();
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApiId}:{ApiSecret}"));
        if (context.Request.Headers.Authorization != basic && (form["client_id"] != ApiId || form["client_secret"] != ApiSecret))
        {
            context.Response.StatusCode = 401;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"error":"invalid_client"}""");
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Introspections.GetValueOrDefault(form["token"].ToString(), """{"active":false}"""));
    }

    internal sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
}
