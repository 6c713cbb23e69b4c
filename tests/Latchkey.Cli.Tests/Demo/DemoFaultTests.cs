using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;

namespace Latchkey.Cli.Tests.Demo;

public sealed class DemoFaultTests
{
    [Fact]
    public async Task A_demo_told_to_deny_denies_without_asking()
    {
        await using var demo = await RunningServer.DemoAsync("--fault", "deny", "--fault", "slow");
        Assert.Equal(["slow", "deny"], demo.Ready.GetProperty("faults").EnumerateArray().Select(f => f.GetString()));
        using var browser = new Browser();

        var back = await LogInAsync(browser, demo);

        Assert.Contains("error=access_denied", back.Headers.Location?.Query, StringComparison.Ordinal);
        Assert.Contains("state=s", back.Headers.Location?.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_is_told_how_long_its_tokens_live()
    {
        await using var demo = await RunningServer.DemoAsync("--token-lifetime", "90");
        Assert.Equal(90, demo.Ready.GetProperty("token_lifetime").GetInt32());
        using var browser = new Browser();
        using var http = new HttpClient();

        var back = await browser.SubmitAsync(await LogInAsync(browser, demo), ("scope", "linodes:read_only"), ("decision", "allow"));
        var (id, secret) = LinodeClientOf(demo);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["code"] = HttpUtility.ParseQueryString(back.Headers.Location!.Query)["code"]!,
            ["client_id"] = id,
            ["client_secret"] = secret,
        });
        using var answer = await http.PostAsync(new Uri(Text(demo, "login") + "/oauth/token"), form);

        Assert.Equal(90, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task A_demo_told_429_tells_every_third_call_to_come_back_later()
    {
        await using var demo = await RunningServer.DemoAsync("--fault", "429");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(demo, "token"));

        // The example app has called the API for nothing yet.
        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 6; call++)
        {
            using var answer = await http.GetAsync(new Uri(Text(demo, "api") + "/linode/instances"));
            statuses.Add(answer.StatusCode);
            Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests ? "1" : null, answer.Headers.RetryAfter?.ToString());
        }

        const HttpStatusCode ok = HttpStatusCode.OK, later = HttpStatusCode.TooManyRequests;
        Assert.Equal([ok, ok, later, ok, ok, later], statuses);
    }

    [Fact]
    public async Task A_demo_without_faults_says_that_there_are_none()
    {
        await using var demo = await RunningServer.DemoAsync();

        Assert.Empty(demo.Ready.GetProperty("faults").EnumerateArray());
        Assert.Equal(7200, demo.Ready.GetProperty("token_lifetime").GetInt32());
    }

    [Theory]
    [InlineData("demo", "--fault", "fire")]
    [InlineData("demo", "--token-lifetime", "soon")]
    [InlineData("demo", "--fault", "slow", "429")]
    public async Task Other_words_are_refused(params string[] arguments) => (await Command.RunAsync(arguments)).Refused(arguments[^1]);

    [Theory]
    [InlineData("0")]
    [InlineData("86401")]
    public async Task A_life_that_is_none_is_refused(string seconds) =>
        (await Command.RunAsync("demo", "--token-lifetime", seconds)).Refused("1 to 86400 seconds");

    [Theory]
    [InlineData("--fault", "deny")]
    [InlineData("--token-lifetime", "60")]
    public async Task A_real_server_knows_none_of_these(params string[] arguments) =>
        (await Command.RunAsync(["serve", "--data", "/dev/null/nowhere", .. arguments])).Refused($"Unrecognized command or argument '{arguments[0]}'");

    /// <summary>As the client for Linode's Python library, which needs no PKCE.</summary>
    private static async Task<HttpResponseMessage> LogInAsync(Browser browser, RunningServer demo)
    {
        var login = await browser.GetAsync(
            $"{Text(demo, "login")}/oauth/authorize?response_type=code&client_id={LinodeClientOf(demo).Id}&scope=linodes:read_only&state=s");
        return await browser.LogInAsync(login, Text(demo, "username"), Text(demo, "password"));
    }

    private static (string Id, string Secret) LinodeClientOf(RunningServer demo)
    {
        var client = demo.Ready.GetProperty("clients").EnumerateArray().Single(c => c.GetProperty("label").GetString() == "linode_api4 for Python");
        return (client.GetProperty("id").GetString()!, client.GetProperty("secret").GetString()!);
    }

    private static string Text(RunningServer demo, string member) => demo.Ready.GetProperty(member).GetString()!;
}
