using System.Net;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Tokens;

/// <summary>Which API a code or refresh token may be traded in for.</summary>
[Spec("RFC8707-2.2")]
public sealed class ResourceTests
{
    private const string Api = "https://api.example/v1";

    [Theory]
    [InlineData(Api, Api, BackChannel.Issuer)]
    [InlineData(null, BackChannel.Issuer, Api)]
    public async Task Another_resource_than_the_grants_is_refused_and_spends_nothing(string? granted, string right, string wrong)
    {
        await using var server = await BackChannel.StartAsync();
        var api = await server.AddClientAsync(new NewClient { Label = "Another API", Api = true, Resource = Api });
        var code = await server.IssueCodeAsync(change: g => g with { Resource = granted });

        (await server.RedeemAsync(code, null, ("resource", wrong))).ExpectError(HttpStatusCode.BadRequest, "invalid_target");
        var first = (await server.RedeemAsync(code, null, ("resource", right))).Expect(HttpStatusCode.OK);
        (await server.RefreshAsync(first.Text("refresh_token"), null, ("resource", wrong))).ExpectError(HttpStatusCode.BadRequest, "invalid_target");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await server.RefreshAsync(first.Text("refresh_token"), null, ("resource", right))).Expect(HttpStatusCode.OK);

        var asked = await server.IntrospectAsync(second.Text("access_token"), granted is null ? server.Api : api);
        Assert.Equal(right, asked.Text("aud"));
    }

    [Fact]
    public async Task A_replay_with_another_resource_ends_nothing()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var tokens = (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);

        (await server.RedeemAsync(code, null, ("resource", Api))).ExpectError(HttpStatusCode.BadRequest, "invalid_target");

        Assert.True(await server.IsActiveAsync(tokens.Text("access_token")));
    }
}
