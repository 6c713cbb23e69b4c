namespace Latchkey.Cli.Tests.Doctor;

/// <summary><c>latchkey doctor</c> over PostgreSQL.</summary>
public sealed class PostgresDoctorTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _database = PostgresCluster.Instance.CreateDatabase();

    private Dictionary<string, string> Environment => new()
    {
        ["LATCHKEY_DATABASE"] = PostgresCluster.Instance.ConnectionString(_database) + ";Password=opensesame",
        ["LATCHKEY_KEY_FILE"] = PostgresCluster.Instance.KeyFile,
    };

    public void Dispose()
    {
        PostgresCluster.Instance.DropDatabase(_database);
        _directory.Dispose();
    }

    [Fact]
    public async Task A_running_server_is_well_and_what_a_crash_could_lose_is_doubtful()
    {
        await using var server = await ServeAsync();

        var examined = await ExamineAsync(Environment, "--urls", server.Issuer);

        foreach (var subject in (string[])["key file", "database", "key ring", "clock", "users", "clients", "addresses", "issuer"])
        {
            examined.Found(subject, "right");
        }

        // The tests' own cluster does not wait for the disk.
        examined.Found("durability", "doubtful", "fsync off");
    }

    [Fact]
    public async Task An_empty_database_stays_empty()
    {
        (await ExamineAsync(Environment)).Found("database", "doubtful", "empty");

        Assert.Equal("0\n", PostgresCluster.Instance.Sql(_database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task A_key_ring_that_expired_gets_no_new_key()
    {
        await BeginAsync();
        PostgresCluster.Instance.Sql(
            _database, "UPDATE key_ring SET xml = regexp_replace(xml, '(<(creation|activation|expiration)Date>)[0-9]{4}', '\\12001', 'g')");
        var before = PostgresCluster.Instance.Dump(_database);

        (await ExamineAsync(Environment)).Found("key ring", "right");

        Assert.Equal(Comparable(before), Comparable(PostgresCluster.Instance.Dump(_database)));
    }

    [Theory]
    [InlineData("database", "newer version", "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20991231000000_Later', '99.0')")]
    [InlineData("database", "another program's", "DROP TABLE \"__EFMigrationsHistory\"")]
    [InlineData("database", "migrate has not finished", "CREATE TABLE move_from_sqlite (source text, state text); INSERT INTO move_from_sqlite VALUES ('x', 'unfinished')")]
    [InlineData("clock", "2100-01-01T00:00:00Z", "INSERT INTO audit_events (time, kind) VALUES ('2100-01-01T00:00:00Z', 'user.created')")]
    [InlineData("key ring", "key", "DELETE FROM key_ring")]
    public async Task What_the_database_says(string subject, string says, string sql)
    {
        await BeginAsync();
        PostgresCluster.Instance.Sql(_database, sql);

        (await ExamineAsync(Environment)).OnlyWrong(subject, says);
    }

    [Fact]
    public async Task A_database_that_takes_no_writes()
    {
        await BeginAsync();
        PostgresCluster.Instance.Sql(_database, $"ALTER DATABASE {_database} SET default_transaction_read_only = on");

        (await ExamineAsync(Environment)).OnlyWrong("database", "read-only");
    }

    [Theory]
    [InlineData("key file", "need a key file", "LATCHKEY_KEY_FILE", "")]
    [InlineData("key file", "cannot be read", "LATCHKEY_KEY_FILE", "/nowhere/latchkey.key")]
    [InlineData("database", "cannot be reached", "LATCHKEY_DATABASE", "Host=127.0.0.1;Port=1;Database=x;Password=opensesame")]
    [InlineData("database", "cannot be read", "LATCHKEY_DATABASE", "Prot=1;Password=opensesame")]
    public async Task What_the_surroundings_say(string subject, string says, string variable, string value)
    {
        await BeginAsync();
        var environment = Environment;
        environment[variable] = value;

        (await ExamineAsync(environment)).OnlyWrong(subject, says);
    }

    [Fact]
    public async Task A_key_file_of_another_server()
    {
        await BeginAsync();
        var other = _directory.In("other.key");
        await File.WriteAllTextAsync(other, Convert.ToBase64String(new byte[32]), TestContext.Current.CancellationToken);
        File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var environment = Environment;
        environment["LATCHKEY_KEY_FILE"] = other;

        (await ExamineAsync(environment)).OnlyWrong("key ring", "key");
    }

    private static async Task<Examined> ExamineAsync(Dictionary<string, string> environment, params string[] more)
    {
        var examined = await Examined.RunAsync(environment, more.Length > 0 ? more : ["--urls", "http://127.0.0.1:1"]);
        Assert.DoesNotContain("opensesame", examined.Result.Output + examined.Result.Error, StringComparison.Ordinal);
        if (environment["LATCHKEY_KEY_FILE"] is { } file && File.Exists(file))
        {
            Assert.DoesNotContain((await File.ReadAllTextAsync(file)).Trim(), examined.Result.Output, StringComparison.Ordinal);
        }

        return examined;
    }

    // Newer versions of pg_dump put a word of their own, made anew each time, around it.
    private static string Comparable(string dump) =>
        string.Join('\n', dump.Split('\n').Where(line => !line.StartsWith("\\restrict", StringComparison.Ordinal) && !line.StartsWith("\\unrestrict", StringComparison.Ordinal)));

    private async Task BeginAsync()
    {
        await using var server = await ServeAsync();
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
    }

    private Task<RunningServer> ServeAsync() => RunningServer.StartAsync(Environment, "serve", "--json", "--urls", "http://127.0.0.1:0");
}
