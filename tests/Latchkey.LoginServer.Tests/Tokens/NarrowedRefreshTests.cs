using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Tokens;

/// <summary>How <c>scope</c> is read at a refresh: as at the authorization endpoint, by the client's profile.</summary>
[Spec("RFC6749-6")]
[Spec("RFC6749-3.3")]
public sealed class NarrowedRefreshTests
{
    private const string Granted = "linodes:read_write stackscripts:read_only";

    [Theory]
    [Spec("TK-36")]
    [InlineData(null, null, Granted)]
    [InlineData("", "", Granted)]                                                   // empty counts as left out
    [InlineData("linodes:read_only", null, "linodes:read_only")]
    [InlineData(null, "linodes:read_only", "linodes:read_only")]                    // Linode's spelling narrows too
    [InlineData(null, "stackscripts,linodes:view", "invalid_scope")]                // more than was granted
    [InlineData(null, "stackscripts:view,linodes:view", "linodes:read_only stackscripts:read_only")]
    [InlineData("linodes:read_only,stackscripts:read_only", null, "linodes:read_only stackscripts:read_only")]
    [InlineData("linodes:read_only", "linodes:read_only", "linodes:read_only")]
    [InlineData("linodes:read_only", "stackscripts:read_only", "invalid_request")]
    [InlineData(" ", null, "invalid_scope")]
    [InlineData(null, ",", "invalid_scope")]
    [InlineData("linodes:read_only", " ", "invalid_scope")]
    public Task A_compatibility_client_may_name_its_scopes_in_the_plural_and_with_commas(string? scope, string? scopes, string outcome) =>
        RefreshedAsync(Compatibility.Linode, scope, scopes, outcome);

    [Theory]
    [Spec("TK-36")]
    [InlineData("linodes:read_only stackscripts:read_only", null, "linodes:read_only stackscripts:read_only")]
    [InlineData("linodes:read_only,stackscripts:read_only", null, "invalid_scope")]
    [InlineData(null, "linodes:read_only", Granted)]                                // to it an unknown parameter
    [InlineData("linodes:read_only", "*", "linodes:read_only")]
    [InlineData("", null, Granted)]
    [InlineData(" ", null, "invalid_scope")]
    [InlineData(",", null, "invalid_scope")]
    public Task A_strict_client_names_its_scopes_with_spaces(string? scope, string? scopes, string outcome) =>
        RefreshedAsync(Compatibility.None, scope, scopes, outcome);

    private static async Task RefreshedAsync(Compatibility compatibility, string? scope, string? scopes, string outcome)
    {
        await using var server = await BackChannel.StartAsync();
        var client = await server.AddClientAsync(new NewClient { Label = "App", RedirectUris = ["https://app.example/cb"], Compatibility = compatibility });
        var token = (await server.IssueTokensAsync(client)).Text("refresh_token")!;

        var answer = await RefreshAsync(server, client, token, scope, scopes);
        if (outcome.StartsWith("invalid", StringComparison.Ordinal))
        {
            answer.ExpectError(HttpStatusCode.BadRequest, outcome);

            // Nothing was spent: past the retry window the very token would be a theft.
            server.Clock.Advance(TimeSpan.FromMinutes(1));
            (await server.RefreshAsync(token, client)).Expect(HttpStatusCode.OK);
        }
        else
        {
            Assert.Equal(outcome, answer.Expect(HttpStatusCode.OK).Text("scope"));
        }
    }

    private static Task<Answer> RefreshAsync(BackChannel server, RegisteredClient client, string token, string? scope, string? scopes)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "refresh_token"), new("refresh_token", token), new("client_id", client.Client.Id), new("client_secret", client.Secret!.Reveal()),
        ];
        if (scope is not null)
        {
            form.Add(new("scope", scope));
        }

        if (scopes is not null)
        {
            form.Add(new("scopes", scopes));
        }

        return server.SendAsync("/oauth/token", new FormUrlEncodedContent(form));
    }
}
