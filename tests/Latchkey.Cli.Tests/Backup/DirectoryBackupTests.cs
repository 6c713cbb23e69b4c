using System.Formats.Tar;
using System.Globalization;
using System.Net;

namespace Latchkey.Cli.Tests.Backup;

public sealed class DirectoryBackupTests(FirstStart first) : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempDirectory _directory = new();

    private string File => _directory.In("backup.tar");

    public void Dispose() => _directory.Dispose();

    [Fact, Spec("F-18")]
    public async Task What_was_revoked_after_the_backup_lives_again_until_everything_of_before_is_ended()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);
        using var app = await App.RegisterAsync(_directory.Data, "rose");
        app.Issuer = server.Issuer;
        var (access, refresh) = await app.LogInAsync();
        await BackUpAsync();
        await app.RevokeAsync(access);

        var restored = Restore("restored", File);
        await using var again = await RunningServer.ServeAsync(restored);
        app.Issuer = again.Issuer;
        Assert.True(await app.IsActiveAsync(access), "Not the case the command is for.");
        var done = (await Command.RunAsync("grant", "revoke", "--issued-before", Now(), "--data", restored, "--json")).Json();

        Assert.Equal((1, 1), (done.GetProperty("grants_revoked").GetInt32(), done.GetProperty("sessions_ended").GetInt32()));
        Assert.False(await app.IsActiveAsync(access));
        Assert.Equal(HttpStatusCode.BadRequest, (await app.RefreshAsync(refresh)).Status);
        Assert.True(await app.MustLogInAsync());
        Assert.True(await app.IsActiveAsync((await app.LogInAsync()).Access));
    }

    [Fact]
    public async Task Every_answer_before_the_backup_is_in_it_while_others_go_on()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);
        using var app = await App.RegisterAsync(_directory.Data, "bea");
        app.Issuer = server.Issuer;
        var before = await app.LogInAsync();
        using var stop = new CancellationTokenSource();
        var others = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await app.LogInAsync();
                }
            },
            TestContext.Current.CancellationToken);

        await BackUpAsync();
        await stop.CancelAsync();
        await others;

        await using var again = await RunningServer.ServeAsync(Restore("restored", File));
        app.Issuer = again.Issuer;
        Assert.True(await app.IsActiveAsync(before.Access));
        App.Tokens(await app.RefreshAsync(before.Refresh));
    }

    [Fact, Spec("ST-05")]
    public async Task Nobody_else_may_read_it_nor_what_it_unpacks_to_and_nothing_is_left_beside_it()
    {
        first.CopyTo(_directory.Data);

        await BackUpAsync();

        Assert.Equal(OwnersFile, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File, _directory.Data], Directory.EnumerateFileSystemEntries(_directory.Root).Order(StringComparer.Ordinal));
        var restored = Restore("restored", File);
        Assert.All(Directory.EnumerateFiles(restored, "*", SearchOption.AllDirectories), f => Assert.Equal(OwnersFile, System.IO.File.GetUnixFileMode(f)));
        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Path.Combine(restored, "keys")));
    }

    [Fact, Spec("ST-03")]
    public async Task With_the_keys_apart_the_database_alone_opens_nothing_and_both_together_do()
    {
        first.CopyTo(_directory.Data);
        var keys = _directory.In("keys.tar");

        var done = (await Command.RunAsync("backup", File, "--keys", keys, "--data", _directory.Data)).Succeeded();

        Assert.Contains("Keep the two apart", done.Output, StringComparison.Ordinal);
        Assert.Equal(OwnersFile, System.IO.File.GetUnixFileMode(keys));
        (await Command.RunAsync("user", "list", "--data", Restore("alone", File))).Refused("key ring is missing");
        (await Command.RunAsync("user", "list", "--data", Restore("whole", File, keys))).Succeeded();
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_touched()
    {
        first.CopyTo(_directory.Data);
        await System.IO.File.WriteAllTextAsync(File, "mine", TestContext.Current.CancellationToken);
        var before = _directory.Fingerprint();

        (await Command.RunAsync("backup", File, "--data", _directory.Data)).Refused("is there already");
        (await Command.RunAsync("backup", _directory.In("new.tar"), "--keys", File, "--data", _directory.Data)).Refused("is there already");

        Assert.Equal(before, _directory.Fingerprint());
    }

    [Fact]
    public async Task What_cannot_be_backed_up_is_one_line_and_leaves_nothing()
    {
        (await Command.RunAsync("backup", File, "--data", _directory.Data)).Refused("There is no Latchkey database");
        first.CopyTo(_directory.Data);
        (await Command.RunAsync("backup", _directory.In("no/where.tar"), "--data", _directory.Data)).Refused("There is no directory");
        Directory.Delete(Path.Combine(_directory.Data, "keys"), recursive: true);
        var before = _directory.Fingerprint();

        (await Command.RunAsync("backup", File, "--data", _directory.Data)).Refused("key ring is missing");

        Assert.Equal(before, _directory.Fingerprint());
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private async Task BackUpAsync() => (await Command.RunAsync("backup", File, "--data", _directory.Data)).Succeeded();

    // As the guide tells it: unpack into a directory of one's own.
    private string Restore(string name, params string[] archives)
    {
        var data = Directory.CreateDirectory(_directory.In(name), OwnersFile | UnixFileMode.UserExecute).FullName;
        foreach (var archive in archives)
        {
            TarFile.ExtractToDirectory(archive, data, overwriteFiles: false);
        }

        return data;
    }
}
