using Latchkey.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.CloudApi.Tests.Authentication;

/// <summary>The code of docs/guides/protect-an-api.md, compiled and run.</summary>
public sealed class ProtectAnApiTests
{
    [Fact]
    public async Task The_guide_protects_an_endpoint()
    {
        await using var login = await StubLoginServer.StartAsync();
        await using var app = Build(login.Address, StubLoginServer.ApiId, StubLoginServer.ApiSecret);
        await app.StartAsync();
        var client = app.GetTestClient();

        Assert.Equal(401, await StatusAsync(null));
        Assert.Equal(401, await StatusAsync("no-token"));
        Assert.Equal(403, await StatusAsync(login.Token("ada", "domains:read_only")));
        Assert.Equal(200, await StatusAsync(login.Token("ada", "linodes:read_only")));

        async Task<int> StatusAsync(string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/servers");
            request.Headers.Authorization = token is null ? null : new("Bearer", token);
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public void The_guide_shows_this_code() => GuideCode.AssertQuotedIn("protect-an-api.md");

    private static WebApplication Build(Uri loginServer, string apiId, string apiSecret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();

        // guide: from here
        builder.Services
            .AddAuthentication(LatchkeyBearerDefaults.AuthenticationScheme)
            .AddLatchkeyBearer(bearer =>
            {
                bearer.LoginServer = loginServer;   // https://login.example.com
                bearer.ClientId = apiId;            // from configuration, as the secret
                bearer.ClientSecret = apiSecret;
            });

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();

        app.MapGet("/servers", (TokenInfo token) => $"The servers of {token.Username}, known as {token.Subject}")
            .RequireScope("linodes:read_only");
        // guide: to here

        return app;
    }
}
