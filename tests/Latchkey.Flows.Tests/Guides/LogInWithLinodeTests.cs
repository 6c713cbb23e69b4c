using System.Net;
using Latchkey.AspNetCore;
using Latchkey.Core.Grants;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.LoginServer.Hosting;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.Flows.Tests.Guides;

/// <summary>The code of docs/guides/log-in-with-linode.md, compiled and walked through.</summary>
public sealed class LogInWithLinodeTests
{
    [Fact]
    public async Task The_web_app_of_the_guide_logs_in_calls_the_API_and_logs_out()
    {
        await using var scene = await Scene.StartAsync();
        await using var app = await StartAsync(scene);

        using var browser = Scene.NewBrowser();
        var page = await LogInAsync(browser, app, "allow");
        Assert.Equal($"{app.Home}/linodes", page.Url);
        Assert.Equal("[]", page.Text);

        Assert.Equal("Bye.", (await browser.PostAsync($"{app.Home}/logout")).Text);
        Assert.Equal(GrantState.Revoked, (await GrantAsync(scene, app)).State);
    }

    [Fact]
    public async Task Whoever_says_no_gets_a_page()
    {
        await using var scene = await Scene.StartAsync();
        await using var app = await StartAsync(scene);
        using var browser = Scene.NewBrowser();

        var page = await LogInAsync(browser, app, "deny");

        Assert.Equal(($"{app.Home}/not-logged-in", HttpStatusCode.OK), (page.Url, page.Status));
    }

    [Fact]
    public async Task Whoever_took_the_access_back_gets_a_page_and_may_log_in_again()
    {
        await using var scene = await Scene.StartAsync();
        await using var app = await StartAsync(scene);
        using var browser = Scene.NewBrowser();
        await LogInAsync(browser, app, "allow");
        var grant = await GrantAsync(scene, app);
        await scene.Get<IGrantStore>().ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.UserRequest, scene.Clock.GetUtcNow()));

        var page = await browser.OpenAsync($"{app.Home}/linodes");

        Assert.Equal($"{app.Home}/not-logged-in", page.Url);
        Assert.Equal("[]", (await browser.OpenAsync($"{app.Home}/linodes")).Text);
    }

    [Fact]
    public async Task The_same_by_hand()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var (clientId, clientSecret) = (scene.Client.Client.Id, scene.Client.Secret!.Reveal());
        var (loginServer, apiServer) = (new Uri(scene.LoginUrl), new Uri(scene.ApiUrl));
        var redirectUri = new Uri(scene.Client.Client.RedirectUris[0]);

        // guide: from here
        var login = new LinodeLoginClient(clientId, clientSecret, loginServer);

        // Send the browser to request.Url, and keep request in the user's session.
        LoginRequest request = login.GenerateLoginUrl([OAuthScopes.Linodes.View], redirectUri);
        // guide: to here
        var page = await browser.SubmitAsync(await browser.OpenAsync(request.Url.AbsoluteUri), ("username", Scene.UserName), ("password", Scene.Password));
        var callback = new Uri((await browser.ConsentAsync(page, "allow")).Location!);

        // guide: from here
        // The browser came back to the redirect URI; callback is the address it came with.
        OAuthToken token = await login.FinishOAuthAsync(callback, request);
        if (!token.Scopes.Covers(OAuthScopes.Linodes.View))
        {
            // The user granted less than you asked for: say what is missing.
        }

        var linode = new LinodeClient(token.AccessToken, apiServer);
        await foreach (var instance in linode.Linodes.Instances.ListAsync())
        {
            Console.WriteLine(instance.Label);
        }

        // Logged out: access and refresh token are dead from here on.
        await login.ExpireTokenAsync(token.AccessToken);
        // guide: to here
        await Assert.ThrowsAnyAsync<LinodeApiException>(() => linode.Profile.GetAsync());
    }

    [Fact]
    public void The_guide_shows_this_code() => GuideCode.AssertQuotedIn("log-in-with-linode.md");

    private static async Task<GuideApp> StartAsync(Scene scene)
    {
        var sockets = ListeningSockets.Take(ListenAddress.TryParse("http://localhost:0", out var any) ? any : throw new InvalidOperationException());
        var home = sockets.Addresses[0].Url;
        var client = await scene.Get<ClientStore>().AddAsync(new NewClient { Label = "Guide", RedirectUris = [home + LinodeDefaults.CallbackPath] });
        var app = Build(sockets, client.Client.Id, client.Secret!.Reveal(), new Uri(scene.LoginUrl), new Uri(scene.ApiUrl));
        await app.StartAsync();
        return new GuideApp(app, sockets, home, client.Client.Id);
    }

    private static async Task<WebPage> LogInAsync(Browser browser, GuideApp app, string decision)
    {
        var login = await browser.OpenAsync($"{app.Home}/linodes");
        return await browser.ConsentAsync(await browser.SubmitAsync(login, ("username", Scene.UserName), ("password", Scene.Password)), decision);
    }

    private static async Task<Grant> GrantAsync(Scene scene, GuideApp app) =>
        await scene.Get<IGrantStore>().ListAsync(new GrantFilter { ClientId = app.ClientId }).SingleAsync();

    private static WebApplication Build(ListeningSockets sockets, string clientId, string clientSecret, Uri loginServer, Uri apiServer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        sockets.Use(builder.WebHost);

        // guide: from here
        builder.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = LinodeDefaults.AuthenticationScheme;
            })
            .AddCookie()
            .AddLinode(options =>
            {
                options.ClientId = clientId;
                options.ClientSecret = clientSecret;
                options.Scopes = [OAuthScopes.Linodes.View];

                // Leave these two out to log in with Linode itself.
                options.LoginServer = loginServer;
                options.ApiServer = apiServer;

                // The person said no, or the login failed: context.Failure says how.
                options.Events.OnRemoteFailure = context =>
                {
                    context.Response.Redirect("/not-logged-in");
                    context.HandleResponse();
                    return Task.CompletedTask;
                };
            });
        builder.Services.AddAuthorization();

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapGet("/linodes", async (HttpContext context) =>
        {
            var token = await context.GetLinodeTokenAsync();
            var linode = new LinodeClient(token!.AccessToken, apiServer);
            try
            {
                return Results.Ok(await linode.Linodes.Instances.ListAsync().Select(i => i.Label).ToListAsync());
            }
            catch (LinodeTokenException)
            {
                // The token has run out, or the person took it back. What is left of it ends too.
                await context.SignOutOfLinodeAsync();
                return Results.Redirect("/not-logged-in");
            }
        }).RequireAuthorization();

        app.MapGet("/not-logged-in", () => "You are not logged in. Open /linodes to log in.");

        app.MapPost("/logout", async (HttpContext context) =>
        {
            await context.SignOutOfLinodeAsync();
            return "Bye.";
        });
        // guide: to here
        return app;
    }

    private sealed record GuideApp(WebApplication App, ListeningSockets Sockets, string Home, string ClientId) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            Sockets.Dispose();
        }
    }
}
