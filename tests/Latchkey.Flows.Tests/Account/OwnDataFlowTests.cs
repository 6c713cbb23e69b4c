using System.Text.Json.Nodes;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;

namespace Latchkey.Flows.Tests.Account;

/// <summary>What the SDK reads and changes about the person themselves, at the real login server.</summary>
public sealed class OwnDataFlowTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f ada@laptop";

    [Fact]
    public async Task Profile_account_keys_and_preferences_are_read_and_changed()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var client = scene.Linode((await scene.LogInAsync(browser, [OAuthScopes.Account.ReadWrite])).AccessToken);

        var profile = await client.Profile.UpdateAsync(new UpdateProfileRequest { Timezone = "Europe/Berlin", EmailNotifications = false, AuthorizedKeys = [Key] });
        Assert.Equal(("Europe/Berlin", false), (profile.Timezone, profile.EmailNotifications));
        Assert.Equal([Key], (await client.Profile.GetAsync()).AuthorizedKeys);
        var account = await client.Account.GetAsync();
        Assert.Equal("ada@example.com", account.Email);
        Assert.Contains("Linodes", account.Capabilities);

        var key = await client.Profile.SshKeys.CreateAsync("laptop", Key);
        Assert.Equal((key.Label, key.Key), ("laptop", Key));
        Assert.Equal("old laptop", (await client.Profile.SshKeys.UpdateAsync(key.Id, "old laptop")).Label);
        Assert.Equal(key.Id, (await client.Profile.SshKeys.ListAsync(SshKeyFields.Label.Contains("old")).SingleAsync()).Id);
        await client.Profile.SshKeys.DeleteAsync(key.Id);
        Assert.Empty(await client.Profile.SshKeys.ListAsync().ToListAsync());

        Assert.Empty(await client.Profile.Preferences.GetAsync());
        await client.Profile.Preferences.ReplaceAsync(new JsonObject { ["theme"] = "dark" });
        Assert.Equal("dark", (await client.Profile.Preferences.GetAsync())["theme"]?.GetValue<string>());
    }
}
