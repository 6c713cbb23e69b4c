using System.Net;
using Latchkey.LoginServer.Tests.Tokens;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class UserTests : IAsyncLifetime
{
    private BackChannel _server = null!;

    public async ValueTask InitializeAsync() => _server = await BackChannel.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_account_has_one_user()
    {
        await _server.OtherTokenAsync();
        var token = await _server.TokenAsync();
        await _server.CallAsync(token, "POST", "/v4/profile/sshkeys", new { label = "home", ssh_key = SshKeyTests.Ed25519 });

        var list = (await _server.CallAsync(token, "GET", "/v4/account/users")).Expect(HttpStatusCode.OK);

        Assert.Equal(1, list.GetProperty("results").GetInt32());
        const string Ada = """{"username":"ada","email":"ada@example.com","restricted":false,"tfa_enabled":false,"ssh_keys":["home"]}""";
        Assert.Equal(Ada, list.GetProperty("data")[0].ToString());
        Assert.Equal(Ada, (await _server.CallAsync(token, "GET", "/v4/account/users/ada")).Body);
        var none = await _server.CallAsync(token, "GET", "/v4/account/users", filter: """{"username":"bob"}""");
        Assert.Equal(0, none.Expect(HttpStatusCode.OK).GetProperty("results").GetInt32());
    }

    [Fact]
    public async Task A_user_may_do_what_can_be_done_here()
    {
        var answer = await _server.CallAsync(await _server.TokenAsync("account:read_only"), "GET", "/v4beta/iam/users/ada/permissions/account");
        var permissions = answer.Expect(HttpStatusCode.OK).EnumerateArray().Select(p => p.GetString()!).ToList();
        Assert.Contains("create_linode", permissions);
        Assert.Contains("update_account", permissions);
        Assert.DoesNotContain("create_user", permissions);
        Assert.Equal(permissions.Count, permissions.Distinct().Count());
    }

    [Theory, Spec("RA-07")]
    [InlineData("/v4/account/users/{0}")]
    [InlineData("/v4/iam/users/{0}/permissions/account")]
    public async Task Whether_another_name_is_taken_is_not_told(string path)
    {
        await _server.OtherTokenAsync();
        var token = await _server.TokenAsync();
        var theirs = await _server.CallAsync(token, "GET", string.Format(path, "bob"));
        theirs.Expect(HttpStatusCode.NotFound);
        foreach (var name in (string[])["nobody", "ADA", "%61da%2F", "1"])
        {
            var absent = await _server.CallAsync(token, "GET", string.Format(path, name));
            Assert.Equal((theirs.Status, theirs.Body), (absent.Status, absent.Body));
        }
    }
}
