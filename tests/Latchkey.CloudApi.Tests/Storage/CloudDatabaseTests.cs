using Microsoft.Data.Sqlite;

namespace Latchkey.CloudApi.Tests.Storage;

public sealed class CloudDatabaseTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("latchkey-cloud-");

    private string Database => Path.Combine(_data.FullName, "cloud.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    [Fact, Spec("ST-05")]
    public async Task The_files_are_for_their_owner_alone()
    {
        await using var host = await CloudApiHost.StartAsync();
        await host.CreateLinodeAsync(host.Login.Token("ada", "*"), "web-1");

        var files = host.Data.GetFiles();

        Assert.Contains(files, f => f.Name == "cloud.db-wal");
        Assert.All(files, f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, f.UnixFileMode));
    }

    [Fact]
    public async Task What_was_made_is_there_after_a_restart()
    {
        var copy = Directory.CreateTempSubdirectory("latchkey-cloud-");
        await using (var host = await CloudApiHost.StartAsync())
        {
            await host.CreateLinodeAsync(host.Login.Token("ada", "*"), "web-1");
            SqliteConnection.ClearAllPools();
            foreach (var file in host.Data.GetFiles())
            {
                file.CopyTo(Path.Combine(copy.FullName, file.Name));
            }
        }

        await using var again = await CloudApiHost.StartAsync(data: copy);

        Assert.Equal(["web-1"], (await again.GetAsync("/v4/linode/instances", again.Login.Token("ada", "*"))).Column("label"));
    }

    [Fact]
    public Task A_missing_directory_is_told_in_one_line() => FailsAsync("does not exist", "nowhere");

    [Fact]
    public async Task A_file_that_is_no_database_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(Database, new string('x', 5000));

        await FailsAsync("not a Latchkey database");

        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(Database));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_not_touched()
    {
        await MakeAsync();
        await RunAsync("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_FromTheFuture', '99.0')");

        await FailsAsync("newer version");
    }

    [Fact]
    public async Task A_locked_database_is_told_in_one_line()
    {
        await MakeAsync();
        await using var holder = new SqliteConnection($"Data Source={Database}");
        await holder.OpenAsync();
        await using var exclusive = holder.BeginTransaction();

        await FailsAsync("locked by another program");
    }

    [Fact]
    public async Task A_migration_that_was_killed_half_way_is_begun_again()
    {
        await RunAsync("CREATE TABLE __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT); INSERT INTO __EFMigrationsLock VALUES (1, 'long ago')");

        await MakeAsync();
    }

    private async Task MakeAsync()
    {
        var copy = Directory.CreateTempSubdirectory("latchkey-cloud-");
        if (File.Exists(Database))
        {
            File.Copy(Database, Path.Combine(copy.FullName, "cloud.db"));
        }

        await using var host = await CloudApiHost.StartAsync(data: copy);
        await using var from = new SqliteConnection($"Data Source={Path.Combine(copy.FullName, "cloud.db")}");
        await using var to = new SqliteConnection($"Data Source={Database}");
        await from.OpenAsync();
        await to.OpenAsync();
        from.BackupDatabase(to);
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
        await connection.CloseAsync();
        SqliteConnection.ClearAllPools();
    }

    private async Task FailsAsync(string words, string? below = null)
    {
        var directory = new DirectoryInfo(below is null ? _data.FullName : Path.Combine(_data.FullName, below));

        var failure = await Assert.ThrowsAsync<StartupException>(() => CloudApiHost.StartAsync(data: directory));

        Assert.Contains(words, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
