using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Latchkey.AspNetCore;
using Latchkey.Linode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.Tests.Login;

/// <summary>An app as an outsider would write it, its login server faked, and a browser with cookies that follows nothing.</summary>
internal sealed class LoginApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoginApp(WebApplication app, FakeLoginServer login, List<string> logged)
    {
        _app = app;
        Login = login;
        Logged = logged;
    }

    public FakeLoginServer Login { get; }

    public List<string> Logged { get; }

    public static async Task<LoginApp> StartAsync(
        Action<LinodeOptions>? configure = null, string scheme = LinodeDefaults.AuthenticationScheme, Action<AuthenticationBuilder>? beside = null)
    {
        var login = new FakeLoginServer().LoggingIn();
        var logged = new List<string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new ListLoggerProvider(logged));
        builder.Services.AddRoutingCore();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization();
        var authentication = builder.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = scheme;
            })
            .AddCookie(options => options.Cookie.Name = "the-app")
            .AddLinode(scheme, options =>
            {
                options.LoginServer = FakeLoginServer.Address;
                options.ApiServer = new Uri(FakeLoginServer.Address, "/v4");
                options.ClientId = "the-client";
                options.ClientSecret = "secret-canary";
                options.Scopes = [OAuthScopes.Linodes.ReadWrite, OAuthScopes.StackScripts.ReadOnly];
                options.BackchannelHttpHandler = login;
                options.AccessDeniedPath = "/denied";
                options.Events.OnRemoteFailure = context =>
                {
                    var kind = (context.Failure as OAuthRefusedException)?.Refusal.Kind.ToString() ?? context.Failure!.GetType().Name;
                    context.Response.Redirect($"/failed?why={Uri.EscapeDataString(kind)}");
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
                configure?.Invoke(options);
            });
        beside?.Invoke(authentication);

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/me", async (HttpContext http) =>
        {
            var token = await http.GetLinodeTokenAsync();
            var user = http.User;
            return $"{user.FindFirstValue(ClaimTypes.NameIdentifier)} {user.Identity!.Name} {user.FindFirstValue(ClaimTypes.Email)} [{user.FindFirstValue("scope")}] "
                + $"{token!.AccessToken.Reveal()} {token.RefreshToken!.Reveal()} [{token.Scopes}] {token.ExpiresAt > TimeProvider.System.GetUtcNow().AddMinutes(100)}";
        }).RequireAuthorization();
        app.MapGet("/narrow", () => Results.Challenge(new Microsoft.AspNetCore.Authentication.OAuth.OAuthChallengeProperties { Scope = ["domains:read_only"], RedirectUri = "/me" }));
        app.MapGet("/work", () => Results.Challenge(new AuthenticationProperties { RedirectUri = "/me" }, ["Work"]));
        app.MapGet("/anybody", async (HttpContext http) => (await http.GetLinodeTokenAsync()) is null ? "nobody" : "somebody");
        app.MapPost("/logout", async (HttpContext http) =>
        {
            var outcome = await http.SignOutOfLinodeAsync();
            return outcome.TokenEnded ? "ended" : outcome.Failure.GetType().Name;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LoginApp(app, login, logged);
    }

    public Browser NewBrowser() => new(_app.GetTestServer());

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Keeps cookies, follows nothing.</summary>
internal sealed class Browser(TestServer server)
{
    private readonly CookieContainer _cookies = new();

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken = default)
    {
        using var client = server.CreateClient();
        var uri = new Uri(client.BaseAddress!, path);
        using var request = new HttpRequestMessage(method, uri);
        request.Headers.TryAddWithoutValidation("Cookie", _cookies.GetCookieHeader(uri));
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, TestContext.Current.CancellationToken);
        var answer = await client.SendAsync(request, given.Token);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            _cookies.SetCookies(uri, cookie);
        }

        return answer;
    }

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Get, path, cancellationToken);

    public async Task<string> TextAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>Asks for a page that needs a login; what the app sends to the login server.</summary>
    public async Task<Dictionary<string, string>> BeginAsync(string path = "/me")
    {
        var answer = await GetAsync(path);
        return answer.Headers.Location!.Query.TrimStart('?').Split('&').Select(p => p.Split('='))
            .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
    }

    /// <summary>Comes back from the login server; where the app sends the browser then.</summary>
    public async Task<string?> ReturnAsync(
        string state,
        string result = "code=code-canary",
        string? iss = "http://localhost:5080",
        string path = "/oauth/callback",
        CancellationToken cancellationToken = default) =>
        (await GetAsync($"{path}?{result}&state={Uri.EscapeDataString(state)}{(iss is null ? "" : "&iss=" + Uri.EscapeDataString(iss))}", cancellationToken))
            .Headers.Location?.OriginalString;
}

internal sealed class ListLoggerProvider(List<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add($"{eventId.Name} {formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}
