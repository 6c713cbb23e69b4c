using Latchkey.Linode;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.Testing;

namespace Latchkey.Flows.Tests.Guides;

/// <summary>The code of docs/guides/test-your-integration.md, compiled and run.</summary>
public sealed class TestYourIntegrationTests
{
    // guide: from here
    [Fact]
    public async Task My_code_lists_what_the_user_has()
    {
        await using var latchkey = await LatchkeyServer.StartAsync();
        var ada = await latchkey.AddUserAsync("ada");
        var token = await latchkey.CreateTokenAsync(ada, [OAuthScopes.Linodes.ReadWrite]);

        var linode = new LinodeClient(token.Reveal(), latchkey.ApiUrl);
        await linode.Linodes.Instances.CreateAsync(new CreateInstanceRequest { Region = "us-east", Type = "g6-nanode-1", Label = "web-1" });

        var instance = await linode.Linodes.Instances.ListAsync().SingleAsync();
        Assert.Equal("web-1", instance.Label);
    }
    // guide: to here

    // guide: from here
    [Fact]
    public async Task My_code_gets_through_to_a_busy_server()
    {
        await using var latchkey = await LatchkeyServer.StartAsync(o => o.DeliberateFaults.Faults.Add(DeliberateFault.TooManyRequests));
        var token = await latchkey.CreateTokenAsync(await latchkey.AddUserAsync("ada"), [OAuthScopes.Linodes.View]);

        var linode = new LinodeClient(token, latchkey.ApiUrl);
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal("ada", (await linode.Profile.GetAsync()).Username);
        }
    }
    // guide: to here

    [Fact]
    public void The_guide_shows_this_code() => GuideCode.AssertQuotedIn("test-your-integration.md");
}
