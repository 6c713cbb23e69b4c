using System.Text.Json;

namespace Latchkey.Cli.Tests.Serve;

/// <summary>Servers and commands over one PostgreSQL database.</summary>
public sealed class PostgresTests : IDisposable
{
    private readonly string _database = PostgresCluster.Instance.CreateDatabase();

    private Dictionary<string, string> Environment => new()
    {
        ["LATCHKEY_DATABASE"] = PostgresCluster.Instance.ConnectionString(_database),
        ["LATCHKEY_KEY_FILE"] = PostgresCluster.Instance.KeyFile,
    };

    public void Dispose() => PostgresCluster.Instance.DropDatabase(_database);

    [Fact]
    public async Task Two_servers_start_at_once_and_honour_what_a_command_changes()
    {
        var starts = await Task.WhenAll(ServeAsync(), ServeAsync());
        await using var first = starts[0];
        await using var second = starts[1];
        Assert.Equal("PostgreSQL", first.Ready.GetProperty("data").GetString());

        var added = await Command.RunAsync(Environment, "client", "add", "--label", "App", "--redirect-uri", "https://app.example/cb", "--json");

        Assert.Equal(0, added.ExitCode);
        var id = JsonDocument.Parse(added.Output).RootElement.GetProperty("id").GetString();
        foreach (var server in starts)
        {
            using var http = new HttpClient();
            var page = await http.GetStringAsync($"{server.Issuer}/login?return_url=%2Foauth%2Fauthorize%3Fclient_id%3D{id}%26redirect_uri%3Dhttps%253A%252F%252Fapp.example%252Fcb");
            Assert.Contains("App", page, StringComparison.Ordinal);
        }
    }

    [Fact, Spec("F-11")]
    public async Task A_server_that_may_lose_what_it_acknowledges_says_so_at_its_start()
    {
        await using var server = await ServeAsync();

        // The tests' own cluster does not wait for the disk.
        Assert.Contains("PostgreSQL runs with fsync off", (await server.TerminateAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LATCHKEY_KEY_FILE", "", "need a key file")]
    [InlineData("LATCHKEY_KEY_FILE", "/nowhere/latchkey.key", "cannot be read")]
    [InlineData("LATCHKEY_DATABASE", "Host=127.0.0.1;Port=1;Database=x;Password=opensesame", "cannot be reached")]
    [InlineData("LATCHKEY_DATABASE", "Prot=1;Password=opensesame", "cannot be read")]
    public async Task What_is_wrong_is_one_line_and_never_the_password(string variable, string value, string why)
    {
        var environment = Environment;
        environment[variable] = value;

        foreach (var command in new[] { "serve", "user list" })
        {
            var refused = await Command.RunAsync(environment, command.Split(' '));

            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains(why, Assert.Single(refused.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
            Assert.DoesNotContain("opensesame", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_places_on_one_command_line_are_refused()
    {
        var refused = await Command.RunAsync(Environment, "user", "list", "--data", "/tmp/any", "--database", "Host=x");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("Name one place", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_on_the_command_line_counts_before_a_database_in_the_environment()
    {
        var refused = await Command.RunAsync(Environment, "user", "list", "--data", "/nowhere/at/all");

        Assert.Contains("no Latchkey database in /nowhere/at/all", refused.Error, StringComparison.Ordinal);
    }

    private Task<RunningServer> ServeAsync() => RunningServer.StartAsync(Environment, "serve", "--json", "--urls", "http://127.0.0.1:0");
}
