using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Latchkey.Cli.Tests.Migrate;

/// <summary>From SQLite to PostgreSQL under a server that runs, as the guide tells it.</summary>
public sealed class MigrateTests(FirstStart firstStart) : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _database = PostgresCluster.Instance.CreateDatabase();

    private Dictionary<string, string> Place => new()
    {
        ["LATCHKEY_DATABASE"] = PostgresCluster.Instance.ConnectionString(_database) + ";Password=opensesame",
        ["LATCHKEY_KEY_FILE"] = PostgresCluster.Instance.KeyFile,
    };

    public void Dispose()
    {
        PostgresCluster.Instance.DropDatabase(_database);
        _directory.Dispose();
    }

    [Fact, Spec("F-17")]
    public async Task Tokens_sessions_and_secrets_of_before_are_good_and_what_was_revoked_to_the_last_moment_is_dead()
    {
        var old = await RunningServer.ServeAsync(_directory.Data);
        using var app = await App.RegisterAsync(_directory.Data, "mira");
        using var other = await App.RegisterAsync(_directory.Data, "otto");
        (app.Issuer, other.Issuer) = (old.Issuer, old.Issuer);
        var kept = await app.LogInAsync();
        var ended = await other.LogInAsync();
        var personal = (await Command.RunAsync("token", "create", "--user", "mira", "--data", _directory.Data, "--json")).Json().GetProperty("token").GetString()!;

        var first = await MigrateAsync();
        await other.RevokeAsync(ended.Access);
        var late = await app.LogInAsync();
        (await ServeOrFailAsync()).Refused("Stop that server and run latchkey migrate once more");
        await old.TerminateAsync();
        await old.DisposeAsync();
        var second = await MigrateAsync();

        Assert.False(first.GetProperty("complete").GetBoolean());
        Assert.True(second.GetProperty("complete").GetBoolean());
        Assert.Equal((2, 1), CopiedAndRemoved(second, "grants"));
        await using var server = await RunningServer.StartAsync(Place, "serve", "--json", "--urls", "http://127.0.0.1:0");
        (app.Issuer, other.Issuer) = (server.Issuer, server.Issuer);
        Assert.False(await app.MustLogInAsync());
        Assert.True(await app.IsActiveAsync(kept.Access));
        Assert.True(await app.IsActiveAsync(late.Access));
        Assert.Equal(HttpStatusCode.OK, await app.ProfileAsync(personal));
        Assert.False(await other.IsActiveAsync(ended.Access));
        Assert.Equal(HttpStatusCode.BadRequest, (await other.RefreshAsync(ended.Refresh)).Status);
        Assert.NotEqual(kept.Refresh, App.Tokens(await app.RefreshAsync(kept.Refresh)).Refresh);
        Assert.True(await app.IsActiveAsync((await app.LogInAsync()).Access));
        (await Command.RunAsync(Place, "migrate", "--from", _directory.Data)).Refused("would undo");
    }

    [Fact]
    public async Task A_kill_anywhere_is_gone_on_from()
    {
        await SeedAsync(grants: 120_000);
        var lines = new Queue<string>(["clients: ", "grants: 20000 ", "grants: 60000 ", "grants: 120000 ", "users: "]);
        while (lines.TryDequeue(out var line))
        {
            Assert.True(await KillAtAsync(line), $"It ended before it said {line}.");
            (await ServeOrFailAsync()).Refused("has not finished");
        }

        var done = await MigrateAsync();

        Assert.True(done.GetProperty("complete").GetBoolean());
        Assert.Equal("120000", PostgresCluster.Instance.Sql(_database, "SELECT count(DISTINCT id) FROM grants").Trim());
        var (copied, removed) = CopiedAndRemoved(done, "grants");
        Assert.True(copied < 120_000, "It began from nothing.");
        Assert.Equal(0, removed);
        (await Command.RunAsync(Place, "grant", "list", "--json", "--user", "mira")).Succeeded();
    }

    [Theory]
    [InlineData("Option '--from' is required", "migrate")]
    [InlineData("There is no Latchkey database", "migrate", "--from", "/nowhere/at/all")]
    [InlineData("cannot be read", "migrate", "--from", "DATA", "--to", "Prot=1;Password=opensesame")]
    [InlineData("cannot be reached", "migrate", "--from", "DATA", "--to", "Host=127.0.0.1;Port=1;Database=x;Password=opensesame")]
    [InlineData("named by --from", "migrate", "--from", "/nowhere", "--data", "/nowhere")]
    public async Task What_is_wrong_is_one_line_and_never_the_password(string because, params string[] arguments)
    {
        var place = Place;
        if (arguments.Contains("DATA"))
        {
            await SeedAsync(grants: 0);
        }

        var refused = (await Command.RunAsync(place, [.. arguments.Select(a => a == "DATA" ? _directory.Data : a)])).Refused(because);

        Assert.DoesNotContain("opensesame", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_or_a_key_file_nothing_begins()
    {
        await SeedAsync(grants: 0);

        (await Command.RunAsync("migrate", "--from", _directory.Data)).Refused("--to CONNECTION");
        (await Command.RunAsync("migrate", "--from", _directory.Data, "--to", Place["LATCHKEY_DATABASE"])).Refused("need a key file");

        Assert.Equal("0", PostgresCluster.Instance.Sql(_database, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").Trim());
    }

    private async Task<JsonElement> MigrateAsync()
    {
        var done = await Command.RunAsync(Place, "migrate", "--from", Path.Combine(_directory.Data, "latchkey.db"), "--json");
        Assert.True(done.ExitCode == 0, done.Error);
        Assert.DoesNotContain("opensesame", done.Error, StringComparison.Ordinal);
        return JsonDocument.Parse(done.Output).RootElement;
    }

    private Task<CommandResult> ServeOrFailAsync() => Command.RunAsync(Place, "serve", "--urls", "http://127.0.0.1:0");

    private async Task<bool> KillAtAsync(string line)
    {
        using var process = Command.Start(Place, ["migrate", "--from", _directory.Data]);
        while (await process.StandardError.ReadLineAsync() is { } said)
        {
            if (said.StartsWith(line, StringComparison.Ordinal))
            {
                process.Kill();
                await process.WaitForExitAsync();
                return true;
            }
        }

        return false;
    }

    private static (int Copied, int Removed) CopiedAndRemoved(JsonElement done, string table)
    {
        var row = done.GetProperty("tables").EnumerateArray().Single(t => t.GetProperty("name").GetString() == table);
        return (row.GetProperty("copied").GetInt32(), row.GetProperty("removed").GetInt32());
    }

    private async Task SeedAsync(int grants)
    {
        firstStart.CopyTo(_directory.Data);
        (await App.RegisterAsync(_directory.Data, "mira")).Dispose();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.Data, "latchkey.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $grants)
            INSERT INTO grants (id, client_id, user_id, scopes, state, generation, refreshable, created_at)
            SELECT randomblob(16), (SELECT id FROM clients), (SELECT id FROM users), 'linodes:read_only', 1, 1, 1, 1767225600000 FROM n WHERE $grants > 0
            """;
        command.Parameters.AddWithValue("$grants", grants);
        command.ExecuteNonQuery();
    }
}
