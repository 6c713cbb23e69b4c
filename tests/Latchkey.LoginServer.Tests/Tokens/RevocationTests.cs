using System.Net;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Tokens;

public sealed class RevocationTests
{
    [Theory, Spec("RV-01"), Spec("RV-02"), Spec("RFC7009-2.1")]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    public async Task Either_token_ends_both(string which)
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = await server.IssueTokensAsync();
        var answer = await server.RevokeAsync(tokens.Text(which));
        answer.Expect(HttpStatusCode.OK);
        Assert.Empty(answer.Body);
        await server.AssertDeadAsync(tokens);
    }

    [Fact, Spec("RV-03"), Spec("RFC7009-2.2")]
    public async Task What_is_dead_or_never_was_is_200()
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = await server.IssueTokensAsync();
        (await server.RevokeAsync("garbage")).Expect(HttpStatusCode.OK);
        (await server.RevokeAsync(tokens.Text("access_token"))).Expect(HttpStatusCode.OK);
        (await server.RevokeAsync(tokens.Text("access_token"))).Expect(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromDays(400));
        (await server.RevokeAsync(tokens.Text("refresh_token"))).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("RV-04")]
    public async Task Another_clients_token_is_refused_and_lives()
    {
        await using var server = await BackChannel.StartAsync();
        var other = await server.AddClientAsync(new NewClient { Label = "Other", RedirectUris = ["https://other.example/cb"] });
        var tokens = await server.IssueTokensAsync();
        (await server.RevokeAsync(tokens.Text("access_token"), other)).ExpectError(HttpStatusCode.BadRequest, "unauthorized_client");
        (await server.RevokeAsync(tokens.Text("access_token"), server.Api)).ExpectError(HttpStatusCode.BadRequest, "unauthorized_client");
        Assert.True(await server.IsActiveAsync(tokens.Text("access_token")));
    }

    [Fact, Spec("RV-05")]
    public async Task A_confidential_client_proves_itself_and_a_public_one_names_itself()
    {
        await using var server = await BackChannel.StartAsync();
        var mobile = await server.AddClientAsync(new NewClient { Label = "Mobile", RedirectUris = ["https://app.example/cb"], Public = true });
        var (secret, open) = (await server.IssueTokensAsync(), await server.IssueTokensAsync(mobile));
        (await server.PostAsync("/oauth/revoke", server.App, ("token", secret.Text("access_token")!), ("client_secret", ""))).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.True(await server.IsActiveAsync(secret.Text("access_token")));
        (await server.RevokeAsync(open.Text("access_token"), mobile)).Expect(HttpStatusCode.OK);
        Assert.False(await server.IsActiveAsync(open.Text("access_token")));
    }

    [Theory, Spec("RV-06")]
    [InlineData("refresh_token")]
    [InlineData("unheard_of")]
    public async Task A_wrong_hint_does_not_matter(string hint)
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = await server.IssueTokensAsync();
        var answer = await server.PostAsync("/oauth/revoke?callback=steal", server.App, ("token", tokens.Text("access_token")!), ("token_type_hint", hint));
        answer.Expect(HttpStatusCode.OK);
        Assert.Empty(answer.Body);
        await server.AssertDeadAsync(tokens);
    }

    [Fact, Spec("RV-06")]
    public async Task A_token_missing_in_the_query_or_by_GET_is_refused()
    {
        await using var server = await BackChannel.StartAsync();
        var token = (await server.IssueTokensAsync()).Text("access_token");
        (await server.PostAsync("/oauth/revoke", server.App)).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
        (await server.PostAsync($"/oauth/revoke?token={token}", server.App)).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.Http.GetAsync($"/oauth/revoke?token={token}&client_id={server.App.Client.Id}&client_secret={server.App.Secret!.Reveal()}")).StatusCode);
        Assert.True(await server.IsActiveAsync(token));
    }
}
