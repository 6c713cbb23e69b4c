using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Latchkey.CloudApi.Tests.Linodes.Instances;

public sealed class InstanceLifeTests : IAsyncLifetime
{
    private const string Instances = "/v4/linode/instances";
    private CloudApiHost _host = null!;
    private string _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CloudApiHost.StartAsync(level: LogLevel.Trace);
        _ada = _host.Login.Token("ada", "linodes:read_write");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_new_Linode_is_provisioned_boots_and_runs_as_time_passes()
    {
        var created = await _host.CreateLinodeAsync(_ada, "web-1", "eu-central", ""","tags":["one","two"]""");
        var id = created.GetProperty("id").GetInt32();

        Assert.Equal("provisioning", created.GetProperty("status").GetString());
        Assert.Equal("2026-03-01T12:00:00", created.GetProperty("created").GetString());
        Assert.Equal(("eu-central", "g6-nanode-1", "linode/debian12"), (Text(created, "region"), Text(created, "type"), Text(created, "image")));
        Assert.Equal(["one", "two"], created.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(1024, created.GetProperty("specs").GetProperty("memory").GetInt32());
        Assert.StartsWith("192.0.2.", created.GetProperty("ipv4")[0].GetString());
        Assert.StartsWith("2001:db8:", Text(created, "ipv6"));

        foreach (var (seconds, status) in new[] { (7, "provisioning"), (1, "booting"), (4, "booting"), (1, "running") })
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(status, await StatusAsync(id));
        }
    }

    [Fact]
    public async Task It_is_shut_down_booted_and_rebooted()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id").GetInt32();
        Assert.Equal("Linode busy.", (await ActAsync(id, "shutdown")).MustRefuse(400).Reason);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var (action, during, after) in new[] { ("shutdown", "shutting_down", "offline"), ("boot", "booting", "running"), ("reboot", "rebooting", "running") })
        {
            var answer = await ActAsync(id, action);
            Assert.Equal((200, "{}"), (answer.Status, answer.Text));
            Assert.Equal(during, await StatusAsync(id));
            _host.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(after, await StatusAsync(id));
        }

        (await ActAsync(id, "boot")).MustRefuse(400);
        Assert.Equal(["config_id"], (await _host.PostAsync($"{Instances}/{id}/reboot", _ada, """{"config_id":"x"}""")).MustRefuse(400).Fields);
        Assert.Equal(200, (await _host.PostAsync($"{Instances}/{id}/reboot", _ada, """{"config_id":null}""")).Status);
    }

    [Fact]
    public async Task Of_many_who_shut_down_at_once_one_does()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id").GetInt32();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ActAsync(id, "shutdown")));

        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => a.MustRefuse(400));
    }

    [Fact]
    public async Task Without_an_image_it_stays_off()
    {
        var answer = await _host.PostAsync(Instances, _ada, """{"region":"us-east","type":"g6-nanode-1"}""");
        var id = answer.Json.GetProperty("id").GetInt32();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, answer.Status);
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("image").ValueKind);
        Assert.Equal("offline", await StatusAsync(id));
        (await ActAsync(id, "boot")).MustRefuse(400);
    }

    [Fact]
    public async Task Booted_false_leaves_it_off_until_it_is_booted()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "later", more: ""","booted":false""")).GetProperty("id").GetInt32();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("offline", await StatusAsync(id));

        Assert.Equal(200, (await ActAsync(id, "boot")).Status);
    }

    [Fact]
    public async Task A_Linode_without_a_label_is_named_by_its_id()
    {
        var answer = await _host.PostAsync(Instances, _ada, """{"region":"us-east","type":"g6-nanode-1"}""");

        Assert.Equal($"linode{answer.Json.GetProperty("id")}", Text(answer.Json, "label"));
    }

    [Fact]
    public async Task Its_owner_changes_what_may_be_changed()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id").GetInt32();
        _host.Clock.Advance(TimeSpan.FromHours(1));

        var answer = await _host.SendAsync(HttpMethod.Put, $"{Instances}/{id}", _ada,
            """{"label":"web-2","tags":["new"],"group":"shop","watchdog_enabled":false,"alerts":{"cpu":50},"status":"deleted","region":"eu-west"}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(("web-2", "shop", "us-east"), (Text(answer.Json, "label"), Text(answer.Json, "group"), Text(answer.Json, "region")));
        Assert.False(answer.Json.GetProperty("watchdog_enabled").GetBoolean());
        Assert.Equal((50, 80), (answer.Json.GetProperty("alerts").GetProperty("cpu").GetInt32(), answer.Json.GetProperty("alerts").GetProperty("transfer_quota").GetInt32()));
        Assert.Equal("2026-03-01T13:00:00", Text(answer.Json, "updated"));
        Assert.Equal(answer.Text, (await _host.GetAsync($"{Instances}/{id}", _ada)).Text);
    }

    [Fact]
    public async Task A_deleted_Linode_is_gone_and_its_id_never_comes_back()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id").GetInt32();

        var deleted = await _host.SendAsync(HttpMethod.Delete, $"{Instances}/{id}", _ada);

        Assert.Equal((200, "{}"), (deleted.Status, deleted.Text));
        (await _host.GetAsync($"{Instances}/{id}", _ada)).MustRefuse(404);
        Assert.True((await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id").GetInt32() > id);
    }

    [Fact, Spec("RA-07")]
    public async Task Another_users_Linode_answers_as_one_that_does_not_exist()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id").GetInt32();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var bob = _host.Login.Token("bob", "*");
        (HttpMethod Method, string Path, string? Body)[] calls =
        [
            (HttpMethod.Get, "", null), (HttpMethod.Put, "", """{"label":"mine-now"}"""), (HttpMethod.Put, "", """{"label":5}"""), (HttpMethod.Delete, "", null),
            (HttpMethod.Post, "/boot", null), (HttpMethod.Post, "/reboot", "{}"), (HttpMethod.Post, "/shutdown", null),
        ];

        foreach (var (method, path, body) in calls)
        {
            var foreign = await _host.SendAsync(method, $"{Instances}/{id}{path}", bob, body);
            var none = await _host.SendAsync(method, $"{Instances}/{id + 1000}{path}", bob, body);

            foreign.MustRefuse(404);
            Assert.Equal(none.Text, foreign.Text);
        }

        Assert.Equal(0, (await _host.GetAsync(Instances, bob)).Json.GetProperty("results").GetInt32());
        Assert.Equal("running", await StatusAsync(id));
    }

    [Fact, Spec("RA-07")]
    public async Task Ids_in_body_and_path_must_agree()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id").GetInt32();

        var answer = await _host.SendAsync(HttpMethod.Put, $"{Instances}/{id}", _ada, $$"""{"id":{{id + 1}},"label":"other"}""");

        Assert.Equal(["id"], answer.MustRefuse(400).Fields);
    }

    [Theory, Spec("RA-12")]
    [InlineData("0100000")]
    [InlineData("+100000")]
    [InlineData("-1")]
    [InlineData("1e5")]
    [InlineData("100000.0")]
    [InlineData("%EF%BC%91")]
    [InlineData("99999999999999999999")]
    public async Task An_id_has_one_spelling(string id)
    {
        await _host.CreateLinodeAsync(_ada, "web-1");

        (await _host.GetAsync($"{Instances}/{id}", _ada)).MustRefuse(404);
    }

    [Fact]
    public async Task Users_are_told_apart_by_what_never_changes_and_not_by_name()
    {
        await _host.CreateLinodeAsync(_host.Login.Token("eve", "*", subject: "first-eve"), "old-eves");

        var renamed = await _host.GetAsync(Instances, _host.Login.Token("evelyn", "*", subject: "first-eve"));
        var successor = await _host.GetAsync(Instances, _host.Login.Token("eve", "*", subject: "second-eve"));

        Assert.Equal(["old-eves"], renamed.Column("label"));
        Assert.Empty(successor.Column("label"));
    }

    [Fact, Spec("ST-01"), Spec("LX-01")]
    public async Task Passwords_and_tokens_are_neither_kept_nor_logged()
    {
        await _host.PostAsync(Instances, _ada,
            """{"region":"us-east","type":"g6-nanode-1","image":"linode/debian12","root_pass":"R00t-Canary-9f3e7a","stackscript_id":10002,"stackscript_data":{"db_owner":"app","db_password":"Udf-Canary-41bc"}}""");
        await _host.PostAsync(Instances, _ada, """{"region":"us-east","type":"g6-nanode-1","image":"linode/nothing","root_pass":"R00t-Canary-9f3e7a"}""");
        string[] secrets = ["R00t-Canary", "Udf-Canary", _ada, Latchkey.CloudApi.Tests.StubLoginServer.ApiSecret];

        // The database last: SQLite's log may be folded into it, and be gone, while we look.
        var files = _host.Data.GetFiles().OrderBy(f => f.Name == "cloud.db").ToList();
        Assert.Equal("cloud.db", files[^1].Name);
        foreach (var file in files)
        {
            var bytes = await ReadAsync(file);
            Assert.All(secrets, s => Assert.DoesNotContain(s, bytes));
        }

        Assert.NotEmpty(_host.Log.All);
        Assert.All(secrets, s => Assert.DoesNotContain(_host.Log.All, l => l.Contains(s)));
    }

    private static async Task<string> ReadAsync(FileInfo file)
    {
        try
        {
            await using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            return await reader.ReadToEndAsync();
        }
        catch (FileNotFoundException) when (file.Name != "cloud.db")
        {
            return "";
        }
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private Task<ApiAnswer> ActAsync(int id, string action) => _host.PostAsync($"{Instances}/{id}/{action}", _ada);

    private async Task<string?> StatusAsync(int id) => Text((await _host.GetAsync($"{Instances}/{id}", _ada)).Json, "status");
}
