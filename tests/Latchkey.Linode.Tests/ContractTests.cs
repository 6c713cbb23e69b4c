using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests;

/// <summary>The code that the guides show, as their readers write it.</summary>
public sealed class ContractTests
{
    [Fact]
    public async Task One_login_from_the_address_to_the_logout()
    {
        const string clientId = "the-client", clientSecret = "the-secret", code = "the-code";
        using var network = new FakeNetwork()
            .Answers("""{"access_token":"a","token_type":"bearer","expires_in":7200,"scope":"linodes:read_only","refresh_token":"r"}""")
            .Answers("""{"access_token":"b","token_type":"bearer","expires_in":7200,"scope":"linodes:read_only","refresh_token":null}""")
            .Answers("")
            .Answers("""{"data":[{"id":1,"label":"web"}],"page":1,"pages":1,"results":1}""");
        ScopeSet requested = [OAuthScopes.NodeBalancers.All, OAuthScopes.Linodes.View];
        _ = new LinodeLoginClient(clientId, clientSecret);
        var login = new LinodeLoginClient(clientId, clientSecret, handler: network);

        LoginRequest request = login.GenerateLoginUrl(OAuthScopes.All);
        var state = request.State;

        OAuthToken token = await login.FinishOAuthAsync(code, state, request, TestContext.Current.CancellationToken);
        Assert.False(token.Scopes.Covers(OAuthScopes.Linodes.ReadWrite));
        Assert.False(token.Scopes.Covers(requested));

        token = await login.RefreshOAuthTokenAsync(token.RefreshToken, TestContext.Current.CancellationToken);
        await login.ExpireTokenAsync(token.AccessToken, TestContext.Current.CancellationToken);

        _ = new LinodeClient(token.AccessToken);
        var client = new LinodeClient(token.AccessToken, handler: network);
        await foreach (var instance in client.Linodes.Instances.ListAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal("web", instance.Label);
        }

        Assert.Equal("Bearer b", network.Sent[^1].Authorization);
    }
}
