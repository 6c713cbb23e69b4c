using System.Net;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.DeliberateFaults;

public sealed class DroppedRefreshAnswerTests
{
    [Fact, Spec("TK-37")]
    public async Task An_answer_that_was_lost_after_the_commit_is_given_again_to_the_letter()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.DropRefreshAnswer));
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        using var http = new HttpClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => RefreshAsync(scene, http, token.RefreshToken!.Reveal()));
        Assert.Equal(2, await GenerationAsync(scene));
        var (status, body) = await RefreshAsync(scene, http, token.RefreshToken!.Reveal());
        var (againStatus, againBody) = await RefreshAsync(scene, http, token.RefreshToken!.Reveal());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (status, againStatus));
        Assert.Equal(body, againBody);
        Assert.Equal(2, await GenerationAsync(scene));
    }

    [Fact, Spec("CL-08")]
    public async Task The_SDK_asks_once_more_and_never_notices()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.DropRefreshAnswer));
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);

        var second = await scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken);
        var third = await scene.Sdk().RefreshOAuthTokenAsync(second.RefreshToken);

        Assert.Equal(3, await GenerationAsync(scene));
        Assert.Empty(await scene.Linode(third.AccessToken).Linodes.Instances.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task A_refusal_is_not_lost()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.DropRefreshAnswer));
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        await scene.Sdk().ExpireTokenAsync(token.AccessToken);
        using var http = new HttpClient();

        var (status, body) = await RefreshAsync(scene, http, token.RefreshToken!.Reveal());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("invalid_grant", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_is_answered_though_it_shows_a_refresh_token()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.DropRefreshAnswer));
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        using var http = new HttpClient();

        var (status, _) = await PostAsync(scene, http, "/oauth/revoke", ("token", token.RefreshToken!.Reveal()));

        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static async Task<int> GenerationAsync(Scene scene) =>
        (await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).SingleAsync()).Generation;

    private static Task<(HttpStatusCode Status, string Body)> RefreshAsync(Scene scene, HttpClient http, string refreshToken) =>
        PostAsync(scene, http, "/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        Scene scene, HttpClient http, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Append(("client_id", scene.Client.Client.Id)).Append(("client_secret", scene.Client.Secret!.Reveal()))
                .Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await http.PostAsync(new Uri(scene.LoginUrl + path), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
