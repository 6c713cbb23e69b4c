using System.Diagnostics;
using Latchkey.Cli.Doctor;
using Latchkey.Storage.Examination;
using Microsoft.Data.Sqlite;

namespace Latchkey.Cli.Tests.Doctor;

/// <summary><c>latchkey doctor</c> on a data directory.</summary>
public sealed class DoctorTests(FirstStart first) : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_running_server_is_well()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);
        using var app = await App.RegisterAsync(_directory.Data, "dora");

        var examined = await ExamineAsync("--urls", server.Issuer);

        foreach (var subject in (string[])["data", "database", "key ring", "durability", "clock", "users", "clients", "permissions", "owner", "addresses", "issuer"])
        {
            examined.Found(subject, "right");
        }

        examined.Found("issuer", "right", "ready");
        examined.Found("users", "right", "1.");
        Assert.DoesNotContain(examined.Findings, f => f.Verdict == "wrong");
        Assert.DoesNotContain(app.Secret, examined.Result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_read_a_line_for_each()
    {
        first.CopyTo(_directory.Data);

        var told = (await Command.RunAsync("doctor", "--data", _directory.Data)).Succeeded();

        var lines = told.Output.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches("^(right|doubtful|wrong) +[a-z]", line));
        Assert.Contains(lines, line => line.Contains("latchkey user add", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("doubtful  issuer", StringComparison.Ordinal) && line.Contains("Start the server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_changes_nothing()
    {
        first.CopyTo(_directory.Data);

        // What is old enough for a start, or a command, to renew or to repair.
        Sql("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)");
        File.SetUnixFileMode(Database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var key = Directory.GetFiles(Path.Combine(_directory.Data, "keys")).Single();
        var xml = await File.ReadAllTextAsync(key, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            key,
            System.Text.RegularExpressions.Regex.Replace(xml, "(?<=<(?:creation|activation|expiration)Date>)[0-9]{4}", "2001"),
            TestContext.Current.CancellationToken);
        var before = _directory.Fingerprint();

        var examined = await ExamineAsync();

        Assert.Equal(before, _directory.Fingerprint());
        examined.Found("database", "doubtful", "earlier version");
        examined.Found("key ring", "right");
        examined.OnlyWrong("permissions", "chmod 600");
    }

    [Fact]
    public async Task Where_no_server_has_been_it_says_how_to_begin()
    {
        (await ExamineAsync()).Found("data", "wrong", "latchkey serve --data " + _directory.Data);

        Assert.False(Directory.Exists(_directory.Data));
        (await Command.RunAsync("doctor")).Refused("--data DIR");
    }

    [Theory]
    [InlineData("database", "newer version", "INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('20991231000000_Later', '99.0')")]
    [InlineData("database", "another program's", "DROP TABLE __EFMigrationsHistory")]
    [InlineData("clock", "2100-01-01T00:00:00Z", "INSERT INTO audit_events (time, kind) VALUES (4102444800000, 'user.created')")]
    public async Task What_the_database_says(string subject, string says, string sql)
    {
        first.CopyTo(_directory.Data);
        Sql(sql);

        (await ExamineAsync()).OnlyWrong(subject, says);
    }

    [Fact]
    public async Task A_database_that_somebody_holds()
    {
        first.CopyTo(_directory.Data);
        using var holder = Open();
        Execute(holder, "BEGIN EXCLUSIVE");

        (await ExamineAsync()).OnlyWrong("database", "locked");
    }

    [Fact]
    public async Task A_database_that_is_none()
    {
        first.CopyTo(_directory.Data);
        await File.WriteAllTextAsync(Database, "something else entirely", TestContext.Current.CancellationToken);

        (await ExamineAsync()).OnlyWrong("data", "is not a database");
    }

    [Fact]
    public async Task A_key_ring_that_is_missing_is_not_made_anew()
    {
        first.CopyTo(_directory.Data);
        Directory.Delete(Path.Combine(_directory.Data, "keys"), recursive: true);

        (await ExamineAsync()).OnlyWrong("key ring", "key ring is missing");

        Assert.False(Directory.Exists(Path.Combine(_directory.Data, "keys")));
    }

    [Fact]
    public async Task A_key_that_others_can_read()
    {
        first.CopyTo(_directory.Data);
        var key = Directory.GetFiles(Path.Combine(_directory.Data, "keys")).Single();
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead);

        (await ExamineAsync()).OnlyWrong("key ring", $"chmod 600 '{key}'");
    }

    [Fact]
    public async Task A_redirect_URI_that_nobody_could_register()
    {
        first.CopyTo(_directory.Data);
        using var app = await App.RegisterAsync(_directory.Data, "dora");
        Sql($"UPDATE clients SET redirect_uris = '[\"http://app.example/cb\"]' WHERE id = '{app.Id}'");

        (await ExamineAsync()).Found("client", "doubtful", app.Id);
    }

    [Theory]
    [InlineData("wrong", "unprotected", "--urls", "http://0.0.0.0:80")]
    [InlineData("wrong", "without a slash, path", "--issuer", "https://login.example.invalid/path")]
    [InlineData("wrong", "--certificate FILE", "--urls", "https://localhost:1")]
    [InlineData("doubtful", "--behind-proxy", "--issuer", "https://login.example.invalid")]
    [InlineData("right", "listening on http://10.0.0.5:5080", "--issuer", "https://login.example.invalid", "--urls", "http://10.0.0.5:5080", "--behind-proxy", "10.0.0.0/8")]
    public async Task The_words_that_serve_is_given(string verdict, string says, params string[] words)
    {
        first.CopyTo(_directory.Data);

        (await ExamineAsync(words)).Found("addresses", verdict, says);
    }

    [Fact]
    public async Task A_server_that_calls_itself_otherwise()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);
        var port = new Uri(server.Issuer).Port;

        (await ExamineAsync("--urls", $"http://localhost:{port}")).OnlyWrong("issuer", $"calls itself {server.Issuer}");
    }

    [Fact]
    public async Task Something_else_at_the_issuers_address()
    {
        first.CopyTo(_directory.Data);
        await using var other = await Other.StartAsync();

        (await ExamineAsync("--urls", other.Url)).OnlyWrong("issuer", "not as a login server");
    }

    [Fact]
    public async Task A_file_of_another_user_is_found_before_the_server_trips_over_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a file away.");
        first.CopyTo(_directory.Data);
        using var chown = Process.Start("chown", ["1654", Directory.GetFiles(Path.Combine(_directory.Data, "keys")).Single()]);
        await chown.WaitForExitAsync(TestContext.Current.CancellationToken);

        (await ExamineAsync()).OnlyWrong("owner", "chown -R");

        using var all = Process.Start("chown", ["-R", "1654", _directory.Data]);
        await all.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await ExamineAsync()).Found("owner", "doubtful", "sudo -u '#1654'");
    }

    [Fact]
    public async Task A_directory_that_whoever_asks_cannot_read()
    {
        first.CopyTo(_directory.Data);

        var examined = await Examined.RunAsOtherAsync(_directory, "--data", _directory.Data, "--urls", "http://127.0.0.1:1");

        examined.OnlyWrong("data", "cannot be read by this user");
    }

    [Theory]
    [InlineData(199_000_000, Verdict.Wrong)]
    [InlineData(999_000_000, Verdict.Doubtful)]
    [InlineData(50_000_000_000, Verdict.Right)]
    public void A_disk_is_full_before_it_is_full(long free, Verdict verdict)
    {
        var findings = new Findings();

        FileExamination.Room(free, findings);

        Assert.Equal(verdict, Assert.Single(findings.All).Verdict);
    }

    private string Database => Path.Combine(_directory.Data, "latchkey.db");

    private Task<Examined> ExamineAsync(params string[] more) =>
        Examined.RunAsync([], ["--data", _directory.Data, .. more.Contains("--urls") || more.Contains("--issuer") ? more : ["--urls", "http://127.0.0.1:1", .. more]]);

    private void Sql(string sql)
    {
        using var connection = Open();
        Execute(connection, sql);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
