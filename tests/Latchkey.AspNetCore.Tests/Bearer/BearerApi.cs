using System.Security.Claims;
using Latchkey.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.Tests.Bearer;

/// <summary>An API as its owner would write it, over a fake login server.</summary>
internal sealed class BearerApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BearerApi(WebApplication app, FakeLoginServer login)
    {
        _app = app;
        Login = login;
        Http = app.GetTestClient();
    }

    public FakeLoginServer Login { get; }

    public HttpClient Http { get; }

    public static async Task<BearerApi> StartAsync(Action<LatchkeyBearerOptions>? configure = null)
    {
        var login = new FakeLoginServer().Introspecting();
        login.Tokens["good"] = new { active = true, sub = "user-1", username = "ann", client_id = "app-1", scope = "linodes:read_write domains:read_only", exp = 4102444800 };
        login.Tokens["full"] = new { active = true, sub = "user-1", username = "ann", scope = "*" };

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.AddAuthentication().AddLatchkeyBearer(options =>
        {
            options.LoginServer = FakeLoginServer.Address;
            options.ClientId = "the:api";
            options.ClientSecret = "se cret+%";
            options.BackchannelHttpHandler = login;
            configure?.Invoke(options);
        });
        builder.Services.AddAuthorization();

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/public", (HttpContext http) => http.GetTokenInfo()?.Username ?? "nobody");
        app.MapGet("/open", () => "open").RequireScope("linodes:read_only").AllowAnonymous();
        app.MapGet("/any-token", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        app.MapGet("/read", (TokenInfo token) => $"{token.Subject} {token.Username} {token.ClientId} {token.Scopes} {token.ExpiresAt?.Year}").RequireScope("linodes:read_only");
        app.MapPost("/read", () => "posted").RequireScope("linodes:read_only");
        app.MapGet("/claims", (ClaimsPrincipal user) => string.Join(';', user.Claims.Select(c => $"{c.Type}={c.Value}"))).RequireScope("linodes:read_only");
        app.MapGet("/both", () => "both").RequireScope("volumes:read_write", "linodes:read_write");
        app.MapGet("/either", () => "either").RequireAnyScope("volumes:read_write", "domains:read_only");
        app.MapGroup("/group").RequireScope("volumes:read_only").MapGet("/inner", () => "inner").RequireScope("linodes:read_only");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new BearerApi(app, login);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, params string[] authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var value in authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", value);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

internal static class Answers
{
    public static string Challenge(this HttpResponseMessage answer) => string.Join(", ", answer.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var values) ? values : default);

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static string? Header(this HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join('|', values) : null;
}
