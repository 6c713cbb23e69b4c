using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Latchkey.Cli.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task The_three_answer_and_the_token_and_the_password_work()
    {
        await using var demo = await RunningServer.DemoAsync();
        var ready = demo.Ready;
        using var browser = new Browser();
        var login = Text(ready, "login");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Text(ready, "app"))).StatusCode);
        var loggedIn = await browser.LogInAsync(await browser.GetAsync(login + "/login"), Text(ready, "username"), Text(ready, "password"));
        Assert.Contains(Text(ready, "username"), await loggedIn.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.EndsWith("/v4", Text(ready, "api"), StringComparison.Ordinal);
        Assert.Equal("demo", Text(await ApiAsync(ready, "/profile"), "username"));
        Assert.Equal(0, (await ApiAsync(ready, "/linode/instances")).GetProperty("results").GetInt32());
        Assert.True((await ApiAsync(ready, "/linode/stackscripts/10001")).GetProperty("is_public").GetBoolean());
    }

    [Fact]
    public async Task It_ends_cleanly_and_leaves_nothing_behind()
    {
        var before = Leftovers();
        await using var demo = await RunningServer.DemoAsync();
        var mine = Leftovers().Except(before).ToList();

        var ended = await demo.TerminateAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("", ended.Output);
        Assert.NotEmpty(mine);
        Assert.DoesNotContain(mine, Directory.Exists);
    }

    [Fact]
    public async Task The_server_that_the_environment_names_is_not_touched()
    {
        using var directory = new TempDirectory();
        var environment = new Dictionary<string, string> { ["LATCHKEY_DATA"] = directory.Data };

        await using var demo = await RunningServer.StartAsync(environment, "demo", "--json", "--port", "0");

        Assert.False(Directory.Exists(directory.Data));
    }

    [Theory]
    [InlineData("--data DIR", "--database", "Host=127.0.0.1")]
    [InlineData("--data DIR", "--key-file", "latchkey.key")]
    [InlineData("names no directory", "--data", "")]
    public async Task Another_place_than_a_directory_is_refused(string because, params string[] place) =>
        (await Command.RunAsync(["demo", "--port", "0", .. place])).Refused(because);

    [Fact]
    public async Task On_data_that_was_kept_everything_is_there_once_and_works()
    {
        using var directory = new TempDirectory();
        var first = await RunToReadyAsync(directory.Data);
        var second = await RunToReadyAsync(directory.Data);
        var clients = (await Command.RunAsync("client", "list", "--data", directory.Data, "--json")).Json();

        Assert.Equal(Ids(first), Ids(second));
        Assert.Equal(Ids(first).Order(), clients.EnumerateArray().Select(c => Text(c, "id")).Order());
        Assert.NotEqual(Text(first, "token"), Text(second, "token"));
    }

    [Fact]
    public async Task A_missing_scope_is_401_where_it_shall_be_as_at_Linode()
    {
        await using var demo = await RunningServer.DemoAsync("--missing-scope-401");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(demo.Ready, "token"));
        using var made = await http.PostAsJsonAsync(Text(demo.Ready, "api") + "/profile/tokens", new { scopes = "domains:read_only" }, TestContext.Current.CancellationToken);
        var token = (await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        foreach (var url in new[] { Text(demo.Ready, "api") + "/linode/instances", Text(demo.Ready, "api") + "/profile/tokens", Text(demo.Ready, "login") + "/v4/profile/tokens" })
        {
            using var answer = await http.GetAsync(url, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains("insufficient_scope", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement> RunToReadyAsync(string data)
    {
        await using var demo = await RunningServer.DemoAsync("--data", data);
        Assert.Equal("demo", Text(await ApiAsync(demo.Ready, "/profile"), "username"));
        Assert.Equal(0, (await demo.TerminateAsync()).ExitCode);
        return demo.Ready;
    }

    private static async Task<JsonElement> ApiAsync(JsonElement ready, string path)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(ready, "token"));
        return await http.GetFromJsonAsync<JsonElement>(new Uri(Text(ready, "api") + path));
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private static IEnumerable<string> Ids(JsonElement ready) => ready.GetProperty("clients").EnumerateArray().Select(c => Text(c, "id"));

    private static List<string> Leftovers() => [.. Directory.EnumerateDirectories(Path.GetTempPath(), "latchkey-demo-*")];
}
