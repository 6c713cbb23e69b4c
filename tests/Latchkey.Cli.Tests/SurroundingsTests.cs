using Microsoft.Data.Sqlite;

namespace Latchkey.Cli.Tests;

/// <summary>What is wrong around a command is one plain line, and nothing is changed.</summary>
public sealed class SurroundingsTests(FirstStart first) : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Commands => ["serve", "user list"];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("user", "list")]
    [InlineData("client", "list")]
    [InlineData("grant", "list")]
    [InlineData("keys", "list")]
    [InlineData("serve")]
    public async Task No_directory_named(params string[] arguments) => (await Command.RunAsync(arguments)).Refused("--data DIR");

    [Theory]
    [InlineData("No data directory is named", "--database", "")]
    [InlineData("No data directory is named", "--data", "")]
    [InlineData("Name one place", "--database", "Host=127.0.0.1", "--data", "elsewhere")]
    [InlineData("--key-file is for --database", "--key-file", "latchkey.key")]
    public async Task A_place_that_was_written_wrongly_is_not_looked_for_in_the_environment(string because, params string[] place)
    {
        first.CopyTo(_directory.Data);
        var environment = new Dictionary<string, string> { ["LATCHKEY_DATA"] = _directory.Data };

        (await Command.RunAsync(environment, ["user", "list", .. place])).Refused(because);
    }

    [Fact]
    public async Task No_database_there()
    {
        (await Command.RunAsync("client", "list", "--data", _directory.Data)).Refused("There is no Latchkey database in " + _directory.Data);

        Assert.False(Directory.Exists(_directory.Data));
    }

    [Theory]
    [InlineData("user", "list")]
    [InlineData("backup", "/tmp/latchkey-of-another-user.backup")]
    [InlineData("serve", "--urls", "http://127.0.0.1:0")]
    public async Task A_directory_of_another_user_is_not_taken_for_an_empty_one(params string[] arguments)
    {
        first.CopyTo(_directory.Data);

        (await OtherUser.RunAsync(_directory, [.. arguments, "--data", _directory.Data])).Refused($"{_directory.Data} cannot be read by this user. Run this as");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_file_where_the_directory_should_be(string command)
    {
        await File.WriteAllTextAsync(_directory.Data, "a file", TestContext.Current.CancellationToken);

        await RefusedAsync(command, command == "serve" ? "is a file" : "There is no Latchkey database");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_database_that_is_none(string command)
    {
        Directory.CreateDirectory(_directory.Data);
        await File.WriteAllTextAsync(Database, "something else entirely", TestContext.Current.CancellationToken);

        await RefusedAsync(command, "is not a database");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_database_of_a_newer_version(string command)
    {
        first.CopyTo(_directory.Data);
        await SqlAsync("INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('20991231000000_Later', '99.0')");

        await RefusedAsync(command, "newer version");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_database_that_is_read_only(string command)
    {
        first.CopyTo(_directory.Data);
        File.SetUnixFileMode(Database, UnixFileMode.UserRead);

        await RefusedAsync(command, "read-only");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_directory_that_cannot_be_written(string command)
    {
        first.CopyTo(_directory.Data);
        File.SetUnixFileMode(_directory.Data, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await RefusedAsync(command, "read-only");
        File.SetUnixFileMode(_directory.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made() =>
        (await Command.RunAsync("serve", "--data", "/proc/latchkey", "--urls", "http://127.0.0.1:0")).Refused("/proc/latchkey");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_database_that_another_program_holds(string command)
    {
        first.CopyTo(_directory.Data);
        using var holder = new SqliteConnection($"Data Source={Database};Pooling=False");
        holder.Open();
        using var hold = holder.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        hold.ExecuteNonQuery();

        (await Command.RunAsync([.. command.Split(' '), "--data", _directory.Data, .. Somewhere(command)])).Refused("locked");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    [Spec("ST-03")]
    public async Task A_key_ring_that_is_missing(string command)
    {
        first.CopyTo(_directory.Data);
        Directory.Delete(Path.Combine(_directory.Data, "keys"), recursive: true);

        await RefusedAsync(command, "key ring is missing");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    [Spec("ST-05")]
    public async Task A_key_that_others_can_read(string command)
    {
        first.CopyTo(_directory.Data);
        var key = Directory.GetFiles(Path.Combine(_directory.Data, "keys")).Single();
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await RefusedAsync(command, "open to other users");
    }

    [Fact]
    public async Task A_port_in_use()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;

        (await Command.RunAsync("serve", "--data", _directory.Data, "--urls", $"http://127.0.0.1:{port}")).Refused($"http://127.0.0.1:{port} is in use");
        (await Command.RunAsync("demo", "--data", _directory.Data, "--port", $"{port - 1}")).Refused($"http://localhost:{port} is in use");

        Assert.False(Directory.Exists(_directory.Data));
    }

    [Fact]
    public async Task The_environment_may_name_the_directory()
    {
        first.CopyTo(_directory.Data);
        var listed = await Command.RunAsync(new Dictionary<string, string> { ["LATCHKEY_DATA"] = _directory.Data }, "user", "list", "--json");

        Assert.Equal("[]", listed.Json().ToString());
    }

    private string Database => Path.Combine(_directory.Data, "latchkey.db");

    private static string[] Somewhere(string command) => command == "serve" ? ["--urls", "http://127.0.0.1:0"] : [];

    private async Task SqlAsync(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task RefusedAsync(string command, string because)
    {
        var before = _directory.Fingerprint();
        (await Command.RunAsync([.. command.Split(' '), "--data", _directory.Data, .. Somewhere(command)])).Refused(because);
        Assert.Equal(before, _directory.Fingerprint());
    }
}
