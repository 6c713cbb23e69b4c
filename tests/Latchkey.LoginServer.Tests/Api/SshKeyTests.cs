using System.Net;
using System.Text.Json;
using Latchkey.LoginServer.Tests.Tokens;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class SshKeyTests : IAsyncLifetime
{
    public const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxLE19E0vVqCsVDPAydxvFGZD2J+FKmH8P7LPYsBoDm";
    private const string Keys = "/v4/profile/sshkeys";
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_key_is_added_listed_renamed_and_removed()
    {
        var token = await _server.TokenAsync();
        var added = (await _server.CallAsync(token, "POST", Keys, new { label = "home", ssh_key = Ed25519 + " ada@home\n" })).Expect(HttpStatusCode.OK);
        Assert.Equal(("home", Ed25519 + " ada@home", "2026-01-02T03:04:05"), (added.Text("label"), added.Text("ssh_key"), added.Text("created")));
        var path = $"{Keys}/{added.GetProperty("id")}";
        Assert.Equal(added.ToString(), (await _server.CallAsync(token, "GET", path)).Body);
        Assert.Equal(1, (await _server.CallAsync(token, "GET", Keys)).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());

        var renamed = (await _server.CallAsync(token, "PUT", path, new { label = "work", ssh_key = "something else" })).Expect(HttpStatusCode.OK);
        Assert.Equal(("work", Ed25519 + " ada@home"), (renamed.Text("label"), renamed.Text("ssh_key")));
        Assert.Equal("work", (await _server.CallAsync(token, "PUT", path, "{}")).Expect(HttpStatusCode.OK).Text("label"));

        Assert.Equal("{}", (await _server.CallAsync(token, "DELETE", path)).Body);
        foreach (var method in (string[])["GET", "PUT", "DELETE"])
        {
            (await _server.CallAsync(token, method, path, method == "PUT" ? "{}" : null)).Expect(HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("{}", "label,ssh_key")]
    [InlineData("""{"label":""}""", "label,ssh_key")]
    [InlineData("""{"label":null,"ssh_key":null}""", "label,ssh_key")]
    [InlineData("""{"label":7,"ssh_key":["x"]}""", "label,ssh_key")]
    [InlineData("""{"label":"a\u202eb","ssh_key":"x"}""", "label,ssh_key")]
    [InlineData("""{"label":"a","ssh_key":"ssh-ed25519 AAAA"}""", "ssh_key")]
    [InlineData("""{"label":"a","ssh_key":"-----BEGIN OPENSSH PRIVATE KEY-----"}""", "ssh_key")]
    [InlineData("""{"label":"12345678901234567890123456789012345678901234567890123456789012345","ssh_key":"x"}""", "label,ssh_key")]
    public async Task What_is_wrong_is_told_by_field_and_never_repeated(string body, string fields)
    {
        var answer = await _server.CallAsync(await _server.TokenAsync(), "POST", Keys, body);
        Assert.Equal(fields, answer.Fields());
        Assert.DoesNotContain("BEGIN", answer.Body, StringComparison.Ordinal);
    }

    [Fact, Spec("RA-07")]
    public async Task Anothers_key_is_as_good_as_absent()
    {
        var added = (await _server.CallAsync(await _server.TokenAsync(), "POST", Keys, new { label = "home", ssh_key = Ed25519 })).Expect(HttpStatusCode.OK);
        var other = await _server.OtherTokenAsync();
        foreach (var (method, body) in (List<(string, string?)>)[("GET", null), ("PUT", """{"label":"mine"}"""), ("DELETE", null)])
        {
            var theirs = await _server.CallAsync(other, method, $"{Keys}/{added.GetProperty("id")}", body);
            var absent = await _server.CallAsync(other, method, $"{Keys}/4711", body);
            theirs.Expect(HttpStatusCode.NotFound);
            Assert.Equal((absent.Status, absent.Body), (theirs.Status, theirs.Body));
        }

        Assert.Equal(0, (await _server.CallAsync(other, "GET", Keys)).Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());
        Assert.Equal(added.ToString(), (await _server.CallAsync(await _server.TokenAsync(), "GET", $"{Keys}/{added.GetProperty("id")}")).Body);
    }

    [Fact]
    public async Task There_is_an_end_to_how_many_a_user_keeps()
    {
        var token = await _server.TokenAsync();
        for (var i = 0; i < 100; i++)
        {
            (await _server.CallAsync(token, "POST", Keys, new { label = $"key {i}", ssh_key = Ed25519 })).Expect(HttpStatusCode.OK);
        }

        Assert.Equal("-", (await _server.CallAsync(token, "POST", Keys, new { label = "one more", ssh_key = Ed25519 })).Fields());
        var page = (await _server.CallAsync(token, "GET", Keys + "?page=2&page_size=50", filter: """{"+order_by":"id","+order":"desc"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal((100, 2, "key 49"), (page.GetProperty("results").GetInt32(), page.GetProperty("pages").GetInt32(), First(page).Text("label")));
        var filtered = (await _server.CallAsync(token, "GET", Keys, filter: """{"label":"key 7"}""")).Expect(HttpStatusCode.OK);
        Assert.Equal("key 7", First(filtered).Text("label"));
    }

    private static JsonElement First(JsonElement list) => list.GetProperty("data")[0];
}
