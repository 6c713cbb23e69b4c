namespace Latchkey.Cli.Tests.Demo;

public sealed class DemoFolderTests
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task What_a_killed_demo_left_is_taken_away_by_the_next_one_and_nothing_else_is()
    {
        using var temporary = new TempDirectory();
        await using var living = await DemoAsync(temporary);
        var kept = Folders(temporary);
        await using var killed = await DemoAsync(temporary);
        var left = Assert.Single(Folders(temporary).Except(kept));
        await killed.KillAsync();
        Assert.True(File.Exists(Path.Combine(left, "latchkey.db")));

        // Not a demo's, as far as anybody can tell: without a lock, a link, open to others.
        var nobodys = Directory.CreateDirectory(temporary.In("latchkey-demo-without"), Closed).FullName;
        var elsewhere = Directory.CreateDirectory(temporary.In("elsewhere"), Closed).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "demo.lock"), "");
        Directory.CreateSymbolicLink(temporary.In("latchkey-demo-link"), elsewhere);
        var open = Directory.CreateDirectory(temporary.In("latchkey-demo-open"), Closed | UnixFileMode.OtherRead | UnixFileMode.OtherExecute).FullName;
        await File.WriteAllTextAsync(Path.Combine(open, "demo.lock"), "");

        await using var next = await DemoAsync(temporary);

        Assert.False(Directory.Exists(left));
        Assert.All([.. kept, nobodys, open], folder => Assert.True(Directory.Exists(folder), folder));
        Assert.True(File.Exists(Path.Combine(elsewhere, "demo.lock")));
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(living.Ready.GetProperty("login").GetString() + "/login"));
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static Task<RunningServer> DemoAsync(TempDirectory temporary) =>
        RunningServer.StartAsync(new Dictionary<string, string> { ["TMPDIR"] = temporary.Root }, "demo", "--json", "--port", "0");

    private static List<string> Folders(TempDirectory temporary) => [.. Directory.EnumerateDirectories(temporary.Root, "latchkey-demo-*")];
}
