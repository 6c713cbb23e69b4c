using System.Net;
using Latchkey.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.Tests.Bearer;

/// <summary>An API in an app whose people log in with a cookie, as docs/guides/protect-an-api.md shows it.</summary>
public sealed class BesideCookiesTests
{
    [Theory]
    [InlineData("Bearer good", HttpStatusCode.OK, "")]
    [InlineData("Bearer narrow", HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\"")]
    [InlineData("Bearer garbage", HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"")]
    [InlineData(null, HttpStatusCode.Unauthorized, "Bearer")]
    public async Task A_group_that_names_the_bearer_scheme_sees_the_token(string? authorization, HttpStatusCode status, string challenge)
    {
        await using var app = await StartAsync();

        using var answer = await GetAsync(app, "/api/servers", authorization);

        Assert.Equal(status, answer.StatusCode);
        Assert.StartsWith(challenge, answer.Challenge(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_is_closed_by_the_cookie_scheme()
    {
        await using var app = await StartAsync();

        using var answer = await GetAsync(app, "/unnamed", "Bearer good");

        Assert.Equal((HttpStatusCode.Redirect, "/Account/Login"), (answer.StatusCode, answer.Headers.Location?.AbsolutePath));
    }

    [Fact]
    public void The_guide_shows_this_code() => GuideCode.AssertQuotedIn("protect-an-api.md");

    private static async Task<HttpResponseMessage> GetAsync(WebApplication app, string path, string? authorization)
    {
        using var http = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var login = new FakeLoginServer().Introspecting();
        login.Tokens["good"] = new { active = true, sub = "user-1", username = "ann", scope = "linodes:read_write" };
        login.Tokens["narrow"] = new { active = true, sub = "user-1", username = "ann", scope = "domains:read_only" };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddLatchkeyBearer(bearer =>
        {
            bearer.LoginServer = FakeLoginServer.Address;
            bearer.ClientId = "the-api";
            bearer.ClientSecret = "secret-canary";
            bearer.BackchannelHttpHandler = login;
        });

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/unnamed", () => "").RequireScope("linodes:read_only");

        // guide: from here
        app.MapGroup("/api")
            .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = LatchkeyBearerDefaults.AuthenticationScheme })
            .MapGet("/servers", (TokenInfo token) => token.Username).RequireScope("linodes:read_only");
        // guide: to here
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
