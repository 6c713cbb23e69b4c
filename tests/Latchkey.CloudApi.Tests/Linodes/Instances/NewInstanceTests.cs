namespace Latchkey.CloudApi.Tests.Linodes.Instances;

public sealed class NewInstanceTests : IAsyncLifetime
{
    private const string Instances = "/v4/linode/instances";
    private const string Good = "\"region\":\"us-east\",\"type\":\"g6-nanode-1\"";
    private const string Deployed = Good + ",\"image\":\"linode/debian12\",\"root_pass\":\"aComplexP@ssword\"";
    private CloudApiHost _host = null!;
    private string _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CloudApiHost.StartAsync();
        _ada = _host.Login.Token("ada", "*");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", "region,type")]
    [InlineData("\"region\":null,\"type\":\"g6-nanode-1\"", "region")]
    [InlineData("\"region\":\"atlantis\",\"type\":\"g6-nanode-1\"", "region")]
    [InlineData("\"region\":\"us-east\",\"type\":\"g6-none\"", "type")]
    [InlineData("\"region\":7,\"type\":[]", "region,type")]
    [InlineData(Good + ",\"image\":\"linode/none\",\"root_pass\":\"aComplexP@ssword\"", "image")]
    [InlineData(Good + ",\"image\":\"linode/debian12\"", "root_pass")]
    [InlineData(Good + ",\"image\":\"linode/debian12\",\"root_pass\":null", "root_pass")]
    [InlineData(Good + ",\"image\":\"linode/debian12\",\"root_pass\":\"password\"", "root_pass")]
    [InlineData(Good + ",\"image\":\"linode/debian12\",\"root_pass\":12345678", "root_pass")]
    [InlineData(Good + ",\"image\":5", "image,root_pass")]
    [InlineData(Good + ",\"label\":\"ab\"", "label")]
    [InlineData(Good + ",\"label\":\"\"", "label")]
    [InlineData(Good + ",\"label\":\"-web\"", "label")]
    [InlineData(Good + ",\"label\":\"web--1\"", "label")]
    [InlineData(Good + ",\"label\":\"web..1\"", "label")]
    [InlineData(Good + ",\"label\":\"web__1\"", "label")]
    [InlineData(Good + ",\"label\":\"web 1\"", "label")]
    [InlineData(Good + ",\"label\":\"wéb\"", "label")]
    [InlineData(Good + ",\"tags\":[\"ab\"]", "tags")]
    [InlineData(Good + ",\"booted\":\"yes\"", "booted")]
    [InlineData(Good + ",\"authorized_keys\":[\"no key\"]", "authorized_keys")]
    [InlineData(Good + ",\"authorized_keys\":[\"ssh-ed25519 AAAA\\nssh-rsa BBBB\"]", "authorized_keys")]
    [InlineData(Good + ",\"authorized_keys\":\"ssh-ed25519 AAAA\"", "authorized_keys")]
    [InlineData(Good + ",\"backups_enabled\":true", "backups_enabled")]
    [InlineData(Good + ",\"stackscript_id\":10003", "image")]
    [InlineData(Deployed + ",\"stackscript_id\":99", "stackscript_id")]
    [InlineData(Deployed + ",\"stackscript_id\":\"10003\"", "stackscript_id")]
    [InlineData(Good + ",\"image\":\"linode/almalinux9\",\"root_pass\":\"aComplexP@ssword\",\"stackscript_id\":10001", "image")]
    [InlineData(Deployed + ",\"stackscript_id\":10002", "stackscript_data,stackscript_data")]
    [InlineData(Deployed + ",\"stackscript_id\":10002,\"stackscript_data\":{\"db_owner\":\"app\",\"db_password\":\"\"}", "stackscript_data")]
    [InlineData(Deployed + ",\"stackscript_id\":10002,\"stackscript_data\":{\"db_owner\":5,\"db_password\":\"x\"}", "stackscript_data")]
    [InlineData(Deployed + ",\"stackscript_id\":10001,\"stackscript_data\":{\"theme\":\"pink\"}", "stackscript_data")]
    [InlineData(Deployed + ",\"stackscript_id\":10002,\"stackscript_data\":{\"db_owner\":\"app\",\"db_password\":\"x\",\"extensions\":\"hstore,evil\"}", "stackscript_data")]
    [InlineData(Deployed + ",\"stackscript_id\":10001,\"stackscript_data\":\"theme=dark\"", "stackscript_data")]
    public async Task What_is_wrong_is_named_field_by_field(string body, string fields)
    {
        var answer = (await _host.PostAsync(Instances, _ada, $"{{{body}}}")).MustRefuse(400);

        Assert.Equal(fields.Split(',').Order(), answer.Fields.Order());
        Assert.Equal(0, (await _host.GetAsync(Instances, _ada)).Json.GetProperty("results").GetInt32());
    }

    [Theory]
    [InlineData(Deployed + ",\"authorized_keys\":[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ada@home\"]")]
    [InlineData(Deployed + ",\"stackscript_id\":10001")]
    [InlineData(Deployed + ",\"stackscript_id\":10001,\"stackscript_data\":{\"theme\":\"dark\",\"unknown\":1}")]
    [InlineData(Deployed + ",\"stackscript_id\":10002,\"stackscript_data\":{\"db_owner\":\"app\",\"db_password\":\"x\",\"extensions\":\"hstore,citext\"}")]
    [InlineData(Good + ",\"image\":\"linode/almalinux9\",\"root_pass\":\"aComplexP@ssword\",\"stackscript_id\":10003")]
    [InlineData(Good + ",\"label\":null,\"tags\":null,\"stackscript_id\":null,\"image\":null")]
    public async Task What_is_right_makes_a_Linode(string body) => Assert.Equal(200, (await _host.PostAsync(Instances, _ada, $"{{{body}}}")).Status);

    [Fact]
    public async Task A_label_is_unique_among_ones_own_Linodes_and_nobody_elses()
    {
        var id = (await _host.CreateLinodeAsync(_ada, "web-1")).GetProperty("id");
        await _host.CreateLinodeAsync(_ada, "web-2");
        await _host.CreateLinodeAsync(_host.Login.Token("bob", "*"), "web-1");

        Assert.Equal(["label"], (await _host.PostAsync(Instances, _ada, $"{{{Good},\"label\":\"web-1\"}}")).MustRefuse(400).Fields);
        Assert.Equal(["label"], (await _host.SendAsync(HttpMethod.Put, $"{Instances}/{id}", _ada, """{"label":"web-2"}""")).MustRefuse(400).Fields);
        Assert.Equal(200, (await _host.SendAsync(HttpMethod.Put, $"{Instances}/{id}", _ada, """{"label":"web-1"}""")).Status);
    }

    [Fact]
    public async Task Many_at_once_get_addresses_and_labels_of_their_own()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _host.PostAsync(Instances, _ada, $"{{{Good},\"label\":\"same-{i % 10}\"}}")));
        var made = answers.Where(a => a.Status == 200).ToList();

        Assert.Equal(10, made.Count);
        Assert.Equal(10, made.Select(a => a.Json.GetProperty("ipv4")[0].GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_user_may_have_so_many_and_no_more()
    {
        await using var host = await CloudApiHost.StartAsync(o => new CloudApiOptions
        {
            DataDirectory = o.DataDirectory,
            LoginServer = o.LoginServer,
            ClientId = o.ClientId,
            ClientSecret = o.ClientSecret,
            MaxInstancesPerUser = 1,
        });
        var ada = host.Login.Token("ada", "*");
        await host.CreateLinodeAsync(ada, "first");

        Assert.Contains("Limit", (await host.PostAsync(Instances, ada, $"{{{Good}}}")).MustRefuse(400).Reason);
        await host.CreateLinodeAsync(host.Login.Token("bob", "*"), "first");
    }
}
