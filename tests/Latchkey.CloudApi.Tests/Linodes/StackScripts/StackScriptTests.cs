namespace Latchkey.CloudApi.Tests.Linodes.StackScripts;

public sealed class StackScriptTests : IAsyncLifetime
{
    private const string Scripts = "/v4/linode/stackscripts";
    private const string Mine = """{"label":"mine","images":["linode/debian12"],"script":"#!/bin/sh\n# <UDF name=\"who\" label=\"Greet whom\" oneOf=\"world,moon\" />\necho $WHO","rev_note":"first"}""";
    private CloudApiHost _host = null!;
    private string _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await CloudApiHost.StartAsync();
        _ada = _host.Login.Token("ada", "stackscripts:read_write linodes:read_write");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Public_ones_have_images_and_ask_questions()
    {
        var all = (await _host.GetAsync(Scripts, "no-token")).Json.GetProperty("data").EnumerateArray().ToList();

        Assert.True(all.Count >= 3);
        Assert.All(all, s => Assert.NotEqual(0, s.GetProperty("images").GetArrayLength()));
        var asked = all.Single(s => s.GetProperty("id").GetInt32() == 10002).GetProperty("user_defined_fields");
        Assert.Equal(["db_name", "db_owner", "db_password", "extensions"], asked.EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        Assert.Equal("pgcrypto,hstore,citext,pg_trgm", asked[3].GetProperty("manyOf").GetString());
        Assert.Equal("app", asked[0].GetProperty("default").GetString());
        Assert.False(asked[1].TryGetProperty("default", out _));
    }

    [Fact]
    public async Task Ones_own_is_made_changed_used_and_deleted()
    {
        var made = await _host.PostAsync(Scripts, _ada, Mine);
        var id = made.Json.GetProperty("id").GetInt32();
        Assert.Equal(200, made.Status);
        Assert.True(made.Json.GetProperty("mine").GetBoolean());
        Assert.Equal("who", made.Json.GetProperty("user_defined_fields")[0].GetProperty("name").GetString());

        await _host.CreateLinodeAsync(_ada, "greeter", more: $$""","stackscript_id":{{id}},"stackscript_data":{"who":"moon"}""");
        var changed = await _host.SendAsync(HttpMethod.Put, $"{Scripts}/{id}", _ada, """{"label":"greeting"}""");
        var seen = await _host.GetAsync($"{Scripts}/{id}", _ada);

        Assert.Equal("greeting", changed.Json.GetProperty("label").GetString());
        Assert.Equal((1, 1), (seen.Json.GetProperty("deployments_total").GetInt32(), seen.Json.GetProperty("deployments_active").GetInt32()));
        Assert.Equal(200, (await _host.SendAsync(HttpMethod.Delete, $"{Scripts}/{id}", _ada)).Status);
        (await _host.GetAsync($"{Scripts}/{id}", _ada)).MustRefuse(404);
    }

    [Fact, Spec("RA-07")]
    public async Task Ones_own_is_nobody_elses()
    {
        var id = (await _host.PostAsync(Scripts, _ada, Mine)).Json.GetProperty("id").GetInt32();
        var bob = _host.Login.Token("bob", "*");
        var blind = _host.Login.Token("ada", "linodes:*");

        foreach (var token in new[] { bob, blind, "no-token" })
        {
            (await _host.GetAsync($"{Scripts}/{id}", token)).MustRefuse(404);
            Assert.DoesNotContain("mine", (await _host.GetAsync(Scripts, token)).Column("label"));
        }

        (await _host.SendAsync(HttpMethod.Put, $"{Scripts}/{id}", bob, "{}")).MustRefuse(404);
        (await _host.SendAsync(HttpMethod.Delete, $"{Scripts}/{id}", bob)).MustRefuse(404);
        (await _host.SendAsync(HttpMethod.Delete, $"{Scripts}/10001", bob)).MustRefuse(404);
        var deploy = await _host.PostAsync("/v4/linode/instances", bob,
            $$"""{"region":"us-east","type":"g6-nanode-1","image":"linode/debian12","root_pass":"aComplexP@ssword","stackscript_id":{{id}}}""");
        Assert.Equal(["stackscript_id"], deploy.MustRefuse(400).Fields);
        Assert.Contains("mine", (await _host.GetAsync(Scripts, _ada)).Column("label"));
    }

    [Theory]
    [InlineData("{}", "images,label,script")]
    [InlineData("""{"label":"ab","images":["linode/debian12"],"script":"#!/bin/sh"}""", "label")]
    [InlineData("""{"label":"abc","images":[],"script":"#!/bin/sh"}""", "images")]
    [InlineData("""{"label":"abc","images":["linode/none"],"script":"#!/bin/sh"}""", "images")]
    [InlineData("""{"label":"abc","images":["any/all"],"script":"echo"}""", "script")]
    [InlineData("""{"label":"abc","images":["any/all"],"script":"#!/bin/sh\n<UDF name=\"a b\" label=\"x\">"}""", "script")]
    [InlineData("""{"label":"abc","images":["any/all"],"script":"#!/bin/sh\n<UDF name=\"a\" label=\"x\"><UDF name=\"a\" label=\"y\">"}""", "script")]
    [InlineData("""{"label":"abc","images":["any/all"],"script":"#!/bin/sh","is_public":true}""", "is_public")]
    [InlineData("""{"label":7,"images":"any/all","script":[]}""", "images,label,script")]
    public async Task What_is_wrong_is_named(string body, string fields) =>
        Assert.Equal(fields.Split(','), (await _host.PostAsync(Scripts, _ada, body)).MustRefuse(400).Fields.Order());
}
