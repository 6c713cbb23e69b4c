using System.Net;
using Latchkey.LoginServer.Tests.Tokens;

namespace Latchkey.LoginServer.Tests.Api;

public sealed class ProfileTests
{
    [Theory]
    [InlineData("/v4/profile", "Bearer")]
    [InlineData("/v4beta/profile", "bearer")]
    [InlineData("/v4/profile", "token")]
    public async Task Any_living_token_may_ask_who_its_user_is(string path, string scheme)
    {
        await using var server = await BackChannel.StartAsync();
        var token = (await server.IssueTokensAsync()).Text("access_token");
        var answer = await server.SendAsync(path, null, $"{scheme} {token}", HttpMethod.Get);
        var json = answer.Expect(HttpStatusCode.OK);
        Assert.Equal("ada", json.Text("username"));
        Assert.Equal("ada@example.com", json.Text("email"));
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("linodes:read_write stackscripts:read_only", answer.Headers.GetValues("X-OAuth-Scopes").Single());
        Assert.Equal("*", answer.Headers.GetValues("X-Accepted-OAuth-Scopes").Single());
    }

    [Theory, Spec("RA-01"), Spec("RA-02"), Spec("RA-04"), Spec("RFC6750-3.1")]
    [InlineData(null, 401, "Bearer")]
    [InlineData("Bearer garbage", 401, "Bearer error=\"invalid_token\"")]
    [InlineData("Bearer", 401, "Bearer")]
    [InlineData("Basic YTpi", 401, "Bearer")]
    [InlineData("DPoP abc", 401, "Bearer")]
    public async Task Without_a_living_token_there_is_a_challenge(string? header, int status, string challenge)
    {
        await using var server = await BackChannel.StartAsync();
        var answer = await server.SendAsync("/v4/profile", null, header, HttpMethod.Get);
        Assert.Equal("Invalid Token", answer.Expect((HttpStatusCode)status).GetProperty("errors")[0].Text("reason"));
        Assert.Equal(challenge, answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("unknown", answer.Headers.GetValues("X-OAuth-Scopes").Single());
    }

    [Fact, Spec("RA-03")]
    public async Task A_token_in_the_query_counts_for_nothing_and_beside_the_header_is_refused()
    {
        await using var server = await BackChannel.StartAsync();
        var token = (await server.IssueTokensAsync()).Text("access_token");
        (await server.SendAsync($"/v4/profile?access_token={token}", null, null, HttpMethod.Get)).Expect(HttpStatusCode.Unauthorized);
        (await server.SendAsync($"/v4/profile?access_token={token}", null, $"Bearer {token}", HttpMethod.Get)).Expect(HttpStatusCode.BadRequest);
    }

    [Fact, Spec("RA-08")]
    public async Task A_token_for_another_API_or_of_another_kind_is_refused()
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = (await server.RedeemAsync(await server.IssueCodeAsync(null, g => g with { Resource = "https://other.example" }))).Expect(HttpStatusCode.OK);
        (await server.SendAsync("/v4/profile", null, $"Bearer {tokens.Text("access_token")}", HttpMethod.Get)).Expect(HttpStatusCode.Unauthorized);
        (await server.SendAsync("/v4/profile", null, $"Bearer {(await server.IssueTokensAsync()).Text("refresh_token")}", HttpMethod.Get)).Expect(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unknown_path_is_404_in_Linodes_envelope()
    {
        await using var server = await BackChannel.StartAsync();
        var answer = await server.SendAsync("/v4/nothing/here", null, null, HttpMethod.Get);
        Assert.Equal("Not found", answer.Expect(HttpStatusCode.NotFound).GetProperty("errors")[0].Text("reason"));
        Assert.Equal("application/json", answer.ContentType);
    }
}
