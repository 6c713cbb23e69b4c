using Latchkey.Storage.Moving;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Tests.Moving;

/// <summary>What a move does not touch, and when no server starts on what it fills.</summary>
public sealed class MoveRefusalTests
{
    [Fact]
    public async Task No_server_starts_on_the_copy_of_one_that_still_runs()
    {
        await using var sqlite = await RunningAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);

        await MoveAsync(sqlite, postgres);

        var refused = await Assert.ThrowsAsync<StartupException>(() => postgres.Database.PrepareAsync());
        Assert.Contains("Stop that server and run latchkey migrate once more", refused.Message, StringComparison.Ordinal);
        await sqlite.Services.DisposeAsync();
        await MoveAsync(sqlite, postgres);
        await postgres.Database.PrepareAsync();
    }

    [Fact]
    public async Task Nothing_is_filled_in_any_more_once_a_server_has_started()
    {
        await using var sqlite = await TestStorage.CreateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        await sqlite.Services.DisposeAsync();
        await MoveAsync(sqlite, postgres);
        await postgres.Database.PrepareAsync();
        await postgres.AddUserAsync("new");

        var refused = await Assert.ThrowsAsync<StartupException>(() => MoveAsync(sqlite, postgres));

        Assert.Contains("would undo", refused.Message, StringComparison.Ordinal);
        Assert.Single(await postgres.Accounts.ListAsync());
    }

    [Fact]
    public async Task A_database_that_a_server_has_used_is_not_filled()
    {
        await using var sqlite = await TestStorage.CreateAsync();
        await using var postgres = await TestStorage.CreateAsync(Engine.Postgres);
        var keys = postgres.TokenKeys.Load().Select(k => Convert.ToHexString(k.Material.Span)).ToList();

        await Assert.ThrowsAsync<StartupException>(() => MoveAsync(sqlite, postgres));

        Assert.Equal(keys, postgres.TokenKeys.Load().Select(k => Convert.ToHexString(k.Material.Span)));
        Assert.Equal(0, postgres.Number("SELECT count(*) FROM information_schema.tables WHERE table_name = 'move_from_sqlite'"));
    }

    [Fact]
    public async Task Two_servers_are_not_mixed()
    {
        await using var sqlite = await TestStorage.CreateAsync();
        await using var another = await TestStorage.CreateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        await MoveAsync(sqlite, postgres);

        Assert.Contains("another server's data", (await Assert.ThrowsAsync<StartupException>(() => MoveAsync(another, postgres))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_file_than_the_first_runs_is_refused()
    {
        await using var sqlite = await TestStorage.CreateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        await MoveAsync(sqlite, postgres);
        var file = Path.Combine(sqlite.DataDirectory, "other.key");
        await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }

        var options = new StorageOptions { Database = postgres.Get<IOptions<StorageOptions>>().Value.Database, KeyFile = file };
        var refused = await Assert.ThrowsAsync<StartupException>(() => MoveToPostgres.RunAsync(sqlite.DataDirectory, options, _ => { }));

        Assert.Contains("does not open the keys", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_fills_the_database_no_other_does_and_no_server_starts()
    {
        await using var sqlite = await RunningAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres, o => o.BusyTimeout = TimeSpan.FromMilliseconds(1));
        var messages = new List<string>();

        await MoveAsync(sqlite, postgres, _ =>
        {
            messages.Add(Assert.ThrowsAsync<StartupException>(() => MoveAsync(sqlite, postgres)).GetAwaiter().GetResult().Message);
            messages.Add(Assert.ThrowsAsync<StartupException>(() => postgres.Database.PrepareAsync()).GetAwaiter().GetResult().Message);
        });

        Assert.NotEmpty(messages);
        Assert.All(messages, m => Assert.Contains("latchkey migrate", m, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_SQLite_database_or_its_keys_nothing_is_made()
    {
        await using var sqlite = await TestStorage.CreateAsync();
        await using var postgres = TestStorage.Unprepared(Engine.Postgres);
        var options = postgres.Get<IOptions<StorageOptions>>().Value;

        Assert.Contains("no Latchkey database", (await Assert.ThrowsAsync<StartupException>(() => MoveToPostgres.RunAsync("/nowhere", options, _ => { }))).Message, StringComparison.Ordinal);
        Directory.Move(sqlite.Keys, sqlite.Keys + "2");
        Assert.Contains("key ring is missing", (await Assert.ThrowsAsync<StartupException>(() => MoveAsync(sqlite, postgres))).Message, StringComparison.Ordinal);
        Directory.Move(sqlite.Keys + "2", sqlite.Keys);
        sqlite.Execute("DELETE FROM \"__EFMigrationsHistory\" WHERE MigrationId > '20261125000000'");
        Assert.Contains("older version", (await Assert.ThrowsAsync<StartupException>(() => MoveAsync(sqlite, postgres))).Message, StringComparison.Ordinal);

        Assert.Equal(0, postgres.Number("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
    }

    // Whoever has used the database holds on to the file.
    private static async Task<TestStorage> RunningAsync()
    {
        var storage = await TestStorage.CreateAsync();
        await storage.AddUserAsync();
        return storage;
    }

    private static Task<MoveResult> MoveAsync(TestStorage sqlite, TestStorage postgres, Action<MoveProgress>? report = null) =>
        MoveToPostgres.RunAsync(sqlite.DataDirectory, postgres.Get<IOptions<StorageOptions>>().Value, report ?? (_ => { }));
}
