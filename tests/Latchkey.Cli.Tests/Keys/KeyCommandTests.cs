namespace Latchkey.Cli.Tests.Keys;

public sealed class KeyCommandTests
{
    [Fact]
    public async Task A_new_key_waits_until_every_process_has_seen_it()
    {
        using var directory = new TempDirectory();
        await using (var server = await RunningServer.ServeAsync(directory.Data))
        {
            await server.TerminateAsync();
        }

        var added = (await Command.RunAsync("keys", "rotate", "--data", directory.Data, "--json")).Json();
        var listed = (await Command.RunAsync("keys", "list", "--data", directory.Data, "--json")).Json();

        Assert.Equal(2, added.GetProperty("id").GetInt32());
        Assert.Equal("waiting", added.GetProperty("state").GetString());
        Assert.Equal([2, 1], listed.EnumerateArray().Select(k => k.GetProperty("id").GetInt32()));
        Assert.Contains(listed.EnumerateArray(), k => k.GetProperty("state").GetString() == "sealing");
    }
}
