using System.Text.Json.Nodes;
using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Api;

public sealed class ProfileTests
{
    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task A_change_of_the_profile_sends_what_changes_and_nothing_else()
    {
        _api.Answers("""{"username":"ann","timezone":"Europe/Berlin","email_notifications":false}""");

        var profile = await Client().Profile.UpdateAsync(
            new UpdateProfileRequest { Timezone = "Europe/Berlin", EmailNotifications = false }, TestContext.Current.CancellationToken);

        Assert.Equal("Europe/Berlin", profile.Timezone);
        var sent = Assert.Single(_api.Sent);
        Assert.Equal("PUT /v4/profile", sent.Line());
        Assert.Equal("""{"timezone":"Europe/Berlin","email_notifications":false}""", sent.Body);
    }

    [Fact]
    public async Task SSH_keys_come_and_go()
    {
        const string Key = """{"id":42,"label":"laptop","ssh_key":"ssh-ed25519 AAAA ann@laptop","created":"2026-01-01T00:01:01"}""";
        _api.Answers(Key).Answers($$"""{"data":[{{Key}}],"page":1,"pages":1,"results":1}""").Answers(Key).Answers(Key).Answers("{}");
        var keys = Client().Profile.SshKeys;

        var key = await keys.CreateAsync("laptop", "ssh-ed25519 AAAA ann@laptop", TestContext.Current.CancellationToken);
        Assert.Equal([key], await keys.ListAsync(SshKeyFields.Label.Is("laptop")).ToListAsync(TestContext.Current.CancellationToken));
        await keys.GetAsync(42, TestContext.Current.CancellationToken);
        await keys.UpdateAsync(42, "old laptop", TestContext.Current.CancellationToken);
        await keys.DeleteAsync(42, TestContext.Current.CancellationToken);

        Assert.Equal((42, "laptop", "ssh-ed25519 AAAA ann@laptop"), (key.Id, key.Label, key.Key));
        Assert.Equal(
            ["POST /v4/profile/sshkeys", "GET /v4/profile/sshkeys", "GET /v4/profile/sshkeys/42", "PUT /v4/profile/sshkeys/42", "DELETE /v4/profile/sshkeys/42"],
            _api.Sent.Select(s => s.Line()));
        Assert.Equal("""{"label":"laptop","ssh_key":"ssh-ed25519 AAAA ann@laptop"}""", _api.Sent[0].Body);
        Assert.Equal("""{"label":"old laptop"}""", _api.Sent[3].Body);
    }

    [Fact]
    public async Task Preferences_keep_the_names_they_were_given()
    {
        _api.Answers("""{"sortKeys":{"Nested_Key":[1,"a",null]}}""").Answers("""{"myTheme":"dark"}""");
        var preferences = Client().Profile.Preferences;

        Assert.Equal(1, (await preferences.GetAsync(TestContext.Current.CancellationToken))["sortKeys"]!["Nested_Key"]![0]!.GetValue<int>());
        var kept = await preferences.ReplaceAsync(new JsonObject { ["myTheme"] = "dark" }, TestContext.Current.CancellationToken);

        Assert.Equal("dark", kept["myTheme"]!.GetValue<string>());
        Assert.Equal(["GET /v4/profile/preferences", "PUT /v4/profile/preferences"], _api.Sent.Select(s => s.Line()));
        Assert.Equal("""{"myTheme":"dark"}""", _api.Sent[1].Body);
    }

    private LinodeClient Client() => new("the-token", handler: _api);
}
