using Latchkey.LoginServer.Account;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Api;
using Latchkey.LoginServer.Authorization;
using Latchkey.LoginServer.Consent;
using Latchkey.LoginServer.Health;
using Latchkey.LoginServer.Pages;
using Latchkey.LoginServer.Security;
using Latchkey.LoginServer.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer;

public static class LoginServerApplicationExtensions
{
    /// <summary>The login server's pages and endpoints, and what every answer of theirs goes through.</summary>
    /// <exception cref="StartupException">The options are not usable; the message says what to change.</exception>
    public static WebApplication MapLatchkeyLoginServer(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<IOptions<LoginServerOptions>>().Value;
        if (options.Problem() is { } problem)
        {
            throw new StartupException(problem);
        }

        app.UseForwardedPeers(app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value);
        app.UseApiAnswers(options.IsHttps);
        app.UseMiddleware<FaultHandling>();
        app.UseMiddleware<ApiCallers>();
        app.UseRouting();
        app.UseAuthentication();
        app.MapPages();
        app.MapAccountPages();
        app.MapTokens();
        app.MapAccountApi();
        app.MapHealth();
        return app;
    }

    private static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", (HttpContext context) =>
            Page.Of<HomePage>((nameof(HomePage.Username), LoginSession.Of(context.User)?.Username)));
        endpoints.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], AssetEndpoint.ServeAsync);

        endpoints.MapGet("/login", (HttpContext context, LoginEndpoint login) => login.ShowAsync(context));
        endpoints.MapPost("/login", (HttpContext context, LoginEndpoint login) => login.LogInAsync(context)).AddEndpointFilter<FormGuard>();
        endpoints.MapGet(OAuthPaths.Logout, LogoutEndpoint.Show);
        endpoints.MapPost(OAuthPaths.Logout, LogoutEndpoint.LogOutAsync).AddEndpointFilter<FormGuard>();

        // Apps send people here with forms of their own, so nothing guards this POST; it does no more than a GET.
        endpoints.MapMethods(
            OAuthPaths.Authorize,
            [HttpMethods.Get, HttpMethods.Post],
            (HttpContext context, AuthorizeEndpoint authorize) => authorize.HandleAsync(context));
        endpoints.MapPost("/oauth/consent", (HttpContext context, ConsentEndpoint consent) => consent.AnswerAsync(context)).AddEndpointFilter<FormGuard>();
    }
}
