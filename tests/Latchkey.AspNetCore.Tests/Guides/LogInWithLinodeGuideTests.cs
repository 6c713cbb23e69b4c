using System.Net;
using Latchkey.AspNetCore;
using Latchkey.AspNetCore.Tests.Login;
using Latchkey.Linode;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.Tests.Guides;

/// <summary>The web app of docs/guides/log-in-with-linode.md, where things go otherwise than hoped.</summary>
public sealed class LogInWithLinodeGuideTests
{
    [Theory]
    [InlineData("error=access_denied")]
    [InlineData("error=invalid_scope")]
    public async Task Whoever_comes_back_without_a_login_gets_a_page(string result)
    {
        using var login = new FakeLoginServer().LoggingIn();
        await using var app = await StartAsync(login, FakeLoginServer.Address);
        var browser = new Browser(app.GetTestServer());

        var page = await browser.ReturnAsync((await browser.BeginAsync("/linodes"))["state"], result);

        Assert.Equal("/not-logged-in", page);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/not-logged-in")).StatusCode);
    }

    [Fact]
    public async Task A_token_that_has_run_out_gets_a_page_and_ends_with_its_session()
    {
        await using var api = await StartApiAsync();
        using var login = new FakeLoginServer().LoggingIn();
        await using var app = await StartAsync(login, new Uri(api.Urls.Single()));
        var browser = new Browser(app.GetTestServer());
        login.Paths["/profile"] = login.Paths["/v4/profile"];
        Assert.Equal("/linodes", await browser.ReturnAsync((await browser.BeginAsync("/linodes"))["state"]));

        var answer = await browser.GetAsync("/linodes");

        Assert.Equal("/not-logged-in", answer.Headers.Location?.OriginalString);
        Assert.Equal(("/oauth/revoke", "lka-canary"), (login.Sent[^1].Path, login.Sent[^1].Form["token"]));
        Assert.Contains("state", await browser.BeginAsync("/linodes"));
    }

    [Fact]
    public void The_guide_shows_this_code() => GuideCode.AssertQuotedIn("log-in-with-linode.md");

    private static async Task<WebApplication> StartApiAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = builder.Build();
        api.MapFallback(() => Results.Json(new { errors = new[] { new { reason = "Invalid Token" } } }, statusCode: 401));
        await api.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    private static async Task<WebApplication> StartAsync(FakeLoginServer login, Uri apiServer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.Configure<LinodeOptions>(LinodeDefaults.AuthenticationScheme, o => o.BackchannelHttpHandler = login);
        var (clientId, clientSecret, loginServer) = ("the-client", "secret-canary", FakeLoginServer.Address);

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

        app.MapGet("/logout", async (HttpContext context) =>
        {
            await context.SignOutOfLinodeAsync();
            return "Bye.";
        });
        // guide: to here
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
