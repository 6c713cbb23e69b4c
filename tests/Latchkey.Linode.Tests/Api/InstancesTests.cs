using System.Text.Json;
using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Api;

public sealed class InstancesTests
{
    private const string Answer =
        """
        {"id":123,"label":"linode123","group":"","status":"provisioning","created":"2026-01-01T00:01:01","updated":"2026-01-02T00:00:00",
         "type":"g6-nanode-1","ipv4":["203.0.113.1"],"ipv6":"2001:db8::1/128","image":"linode/debian12","region":"us-east",
         "specs":{"disk":25600,"memory":1024,"vcpus":1,"gpus":0,"transfer":1000},"tags":["a"],"watchdog_enabled":true,"something_new":{"x":1}}
        """;

    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task Creating_sends_what_was_asked_and_nothing_else()
    {
        _api.Answers(Answer);

        var created = await Client().Linodes.Instances.CreateAsync(
            new CreateInstanceRequest
            {
                Region = "us-east",
                Type = "g6-nanode-1",
                Image = "linode/debian12",
                RootPassword = new RootPassword("chosen"),
                StackScriptId = 10,
                StackScriptData = new Dictionary<string, string> { ["hostName"] = "x" },
                AuthorizedKeys = ["ssh-ed25519 AAAA"],
                Booted = false,
                Label = "web",
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("chosen", created.RootPassword?.Reveal());
        Assert.Equal(InstanceStatus.Provisioning, created.Instance.Status);
        Assert.Equal("203.0.113.1", Assert.Single(created.Instance.IPv4));
        Assert.Equal("2001:db8::1/128", created.Instance.IPv6);
        Assert.Equal(1024, created.Instance.Specs.Memory);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 1, 1, TimeSpan.Zero), created.Instance.Created);
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(
                """
                {"region":"us-east","type":"g6-nanode-1","image":"linode/debian12","root_pass":"chosen","label":"web","stackscript_id":10,
                 "stackscript_data":{"hostName":"x"},"authorized_keys":["ssh-ed25519 AAAA"],"booted":false}
                """).RootElement,
            JsonDocument.Parse(Assert.Single(_api.Sent).Body).RootElement));
    }

    [Fact]
    public async Task Without_a_root_password_one_is_made_sent_and_handed_back()
    {
        _api.Answers(Answer);

        var created = await Client().Linodes.Instances.CreateAsync(
            new CreateInstanceRequest { Region = "r", Type = "t", Image = "i" }, TestContext.Current.CancellationToken);

        var sent = JsonDocument.Parse(Assert.Single(_api.Sent).Body).RootElement.GetProperty("root_pass").GetString()!;
        Assert.Equal(sent, created.RootPassword?.Reveal());
        Assert.True(sent.Length >= 24 && sent.Any(char.IsLower) && sent.Any(char.IsUpper) && sent.Any(char.IsDigit) && sent.Any(c => !char.IsLetterOrDigit(c)));
    }

    [Fact]
    public async Task An_empty_Linode_gets_no_password()
    {
        _api.Answers(Answer);

        var created = await Client().Linodes.Instances.CreateAsync(
            new CreateInstanceRequest { Region = "r", Type = "t" }, TestContext.Current.CancellationToken);

        Assert.Null(created.RootPassword);
        Assert.DoesNotContain("root_pass", Assert.Single(_api.Sent).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_passwords_are_alike() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => RootPassword.Generate().Reveal()).Distinct().Count());

    [Fact]
    public async Task A_status_without_a_name_here_comes_through()
    {
        _api.Answers("""{"id":1,"status":"hibernating"}""");

        Assert.Equal("hibernating", (await Client().Linodes.Instances.GetAsync(1, TestContext.Current.CancellationToken)).Status.Value);
    }

    [Fact]
    public async Task Each_verb_goes_to_its_path()
    {
        for (var i = 0; i < 6; i++)
        {
            _api.Answers("{}");
        }

        var instances = Client().Linodes.Instances;
        await instances.GetAsync(7, TestContext.Current.CancellationToken);
        await instances.UpdateAsync(7, new UpdateInstanceRequest { Label = "new" }, TestContext.Current.CancellationToken);
        await instances.BootAsync(7, TestContext.Current.CancellationToken);
        await instances.RebootAsync(7, TestContext.Current.CancellationToken);
        await instances.ShutdownAsync(7, TestContext.Current.CancellationToken);
        await instances.DeleteAsync(7, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "GET /v4/linode/instances/7",
                "PUT /v4/linode/instances/7",
                "POST /v4/linode/instances/7/boot",
                "POST /v4/linode/instances/7/reboot",
                "POST /v4/linode/instances/7/shutdown",
                "DELETE /v4/linode/instances/7",
            ],
            _api.Sent.Select(s => $"{s.Method} {s.Uri.AbsolutePath}"));
        Assert.Equal("""{"label":"new"}""", _api.Sent[1].Body);
    }

    private LinodeClient Client() => new("the-token", handler: _api);
}
