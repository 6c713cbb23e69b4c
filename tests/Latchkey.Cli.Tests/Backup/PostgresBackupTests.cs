using System.Globalization;

namespace Latchkey.Cli.Tests.Backup;

public sealed class PostgresBackupTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _database = PostgresCluster.Instance.CreateDatabase();

    private string File => _directory.In("backup.dump");

    public void Dispose()
    {
        PostgresCluster.Instance.DropDatabase(_database);
        _directory.Dispose();
    }

    [Fact, Spec("F-18")]
    public async Task A_dump_is_restored_and_everything_of_before_is_ended()
    {
        var environment = PlaceOf(_database);
        await using var server = await ServeAsync(environment);
        using var app = await App.RegisterAsync(environment, "rose");
        app.Issuer = server.Issuer;
        var (access, _) = await app.LogInAsync();
        var done = (await Command.RunAsync(environment, "backup", File)).Succeeded();
        await app.RevokeAsync(access);

        var restored = PostgresCluster.Instance.Restore(File);
        try
        {
            await using var again = await ServeAsync(PlaceOf(restored));
            app.Issuer = again.Issuer;
            Assert.True(await app.IsActiveAsync(access), "Not the case the command is for.");
            (await Command.RunAsync(PlaceOf(restored), "grant", "revoke", "--issued-before", Now())).Succeeded();

            Assert.False(await app.IsActiveAsync(access));
            Assert.True(await app.MustLogInAsync());
        }
        finally
        {
            PostgresCluster.Instance.DropDatabase(restored);
        }

        Assert.Contains(PostgresCluster.Instance.KeyFile, done.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], Directory.EnumerateFileSystemEntries(_directory.Root));
    }

    [Fact]
    public async Task The_password_is_in_no_command_line()
    {
        var environment = await PreparedAsync();
        var programs = Directory.CreateDirectory(_directory.In("bin")).FullName;
        var seen = _directory.In("seen");
        var program = Path.Combine(programs, "pg_dump");
        await System.IO.File.WriteAllTextAsync(program, $"#!/bin/sh\necho \"$@\" > {seen}\necho \"$PGUSER $PGPASSWORD\" >> {seen}\n", TestContext.Current.CancellationToken);
        System.IO.File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        environment["PATH"] = $"{programs}:/usr/bin:/bin";

        (await Command.RunAsync(environment, "backup", File)).Succeeded();

        var lines = await System.IO.File.ReadAllLinesAsync(seen, TestContext.Current.CancellationToken);
        Assert.StartsWith("--format=custom --no-password --file=", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", lines[0], StringComparison.Ordinal);
        Assert.Equal("latchkey opensesame", lines[1]);
    }

    [Fact]
    public async Task Without_the_program_it_says_what_to_run_and_keeps_the_password_to_itself()
    {
        var environment = await PreparedAsync();
        environment["PATH"] = "/nowhere";

        var refused = (await Command.RunAsync(environment, "backup", File)).Refused($"PGDATABASE={_database} ");

        Assert.Contains($"pg_dump --format=custom --no-password --file={File}", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", refused.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Root));
    }

    [Fact]
    public async Task A_database_that_cannot_be_dumped_is_one_line_and_leaves_nothing()
    {
        (await Command.RunAsync(PlaceOf("absent"), "backup", File)).Refused("There is no database absent");
        (await Command.RunAsync(PlaceOf(_database), "backup", File)).Refused("There is no Latchkey database");
        (await Command.RunAsync(PlaceOf(_database), "backup", File, "--keys", File)).Refused("--keys is for a data directory");

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Root));
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static Dictionary<string, string> PlaceOf(string database) => new()
    {
        ["LATCHKEY_DATABASE"] = PostgresCluster.Instance.ConnectionString(database) + ";Password=opensesame",
        ["LATCHKEY_KEY_FILE"] = PostgresCluster.Instance.KeyFile,
    };

    private static Task<RunningServer> ServeAsync(Dictionary<string, string> environment) =>
        RunningServer.StartAsync(environment, "serve", "--json", "--urls", "http://127.0.0.1:0");

    private async Task<Dictionary<string, string>> PreparedAsync()
    {
        var environment = PlaceOf(_database);
        (await Command.RunAsync(environment, "user", "list")).Succeeded();
        return environment;
    }
}
