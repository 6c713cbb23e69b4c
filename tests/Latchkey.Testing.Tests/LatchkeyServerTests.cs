using System.Net;
using System.Net.Http.Headers;
using Latchkey.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Testing.Tests;

public sealed class LatchkeyServerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_test_calls_the_api_without_logging_in()
    {
        await using var latchkey = await LatchkeyServer.StartAsync(cancellationToken: Cancelled);
        var user = await latchkey.AddUserAsync("tess", cancellationToken: Cancelled);
        var token = await latchkey.CreateTokenAsync(user, ScopeSet.Parse("linodes:read_only"), Cancelled);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(latchkey.ApiUrl + "/linode/instances", token));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(latchkey.ApiUrl + "/profile", token));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(latchkey.LoginUrl + "login", token: null));
    }

    [Fact]
    public async Task A_test_says_what_time_it_is()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var latchkey = await LatchkeyServer.StartAsync(o => o.Clock = clock, Cancelled);

        var client = await latchkey.AddClientAsync("App", new Uri("https://app.example/callback"), Cancelled);

        Assert.Equal(clock.GetUtcNow(), client.Client.CreatedAt);
    }

    [Fact]
    public async Task Two_servers_stand_beside_each_other()
    {
        await using var one = await LatchkeyServer.StartAsync(cancellationToken: Cancelled);
        await using var other = await LatchkeyServer.StartAsync(cancellationToken: Cancelled);
        var token = await one.CreateTokenAsync(await one.AddUserAsync("ona", cancellationToken: Cancelled), ScopeSet.Everything, Cancelled);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(one.ApiUrl + "/profile", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(other.ApiUrl + "/profile", token));
    }

    private static async Task<HttpStatusCode> GetAsync(string url, PersonalAccessToken? token)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Reveal());
        using var response = await http.GetAsync(new Uri(url), Cancelled);
        return response.StatusCode;
    }
}
