using System.Net;

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

    [Fact]
    public async Task A_running_server_takes_up_a_new_key_and_tokens_sealed_before_live_on()
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.ServeAsync(directory.Data);
        using var app = await App.RegisterAsync(directory.Data, "keya");
        app.Issuer = server.Issuer;
        var (access, refresh) = await app.LogInAsync();
        Assert.Equal(1, await SealedByAsync(access));

        Assert.Equal(2, (await RunAsync("keys", "rotate")).GetProperty("id").GetInt32());
        Assert.True(await app.IsActiveAsync(access));
        await UntilSealingAsync(key: 2);

        // Sealed by another process with a key the server was not started with, and then by the server itself.
        var personal = (await RunAsync("token", "create", "--user", "keya")).GetProperty("token").GetString()!;
        Assert.Equal(2, await SealedByAsync(personal));
        Assert.Equal(HttpStatusCode.OK, await app.ProfileAsync(personal));
        Assert.True(await app.IsActiveAsync(access));
        var (laterAccess, laterRefresh) = App.Tokens(await app.RefreshAsync(refresh));
        Assert.Equal((2, 2), (await SealedByAsync(laterAccess), await SealedByAsync(laterRefresh)));
        Assert.True(await app.IsActiveAsync(laterAccess));

        async Task<int> SealedByAsync(string token) => (await RunAsync("grant", "inspect", token)).GetProperty("key").GetInt32();

        async Task UntilSealingAsync(int key)
        {
            while ((await RunAsync("keys", "list")).EnumerateArray().All(k => k.GetProperty("id").GetInt32() != key || k.GetProperty("state").GetString() != "sealing"))
            {
            }
        }

        async Task<System.Text.Json.JsonElement> RunAsync(params string[] arguments) =>
            (await Command.RunAsync([.. arguments, "--data", directory.Data, "--json"])).Json();
    }
}
