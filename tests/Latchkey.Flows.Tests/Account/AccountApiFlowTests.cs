using System.Net;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.Tokens;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Flows.Tests.Account;

/// <summary>The SDK against the real login server, by way of the cloud API, with a token that a login gave.</summary>
public sealed class AccountApiFlowTests
{
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_personal_token_works_until_it_is_deleted()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var tokens = scene.Linode((await scene.LogInAsync(browser, [OAuthScopes.Account.ReadWrite, OAuthScopes.Linodes.View])).AccessToken).Profile.Tokens;
        var end = scene.Clock.GetUtcNow().AddDays(30);

        var created = await tokens.CreateAsync("nightly", [OAuthScopes.Linodes.View], end);
        var script = new LinodeClient(created.Token, new Uri(scene.ApiUrl));
        Assert.Empty(await script.Linodes.Instances.ListAsync().ToListAsync());

        var listed = await tokens.ListAsync(PersonalTokenFields.Label.Is("nightly")).SingleAsync();
        Assert.Equal(created.Details, listed);
        Assert.Equal(created.Token.Reveal()[..16], listed.TokenStart);
        Assert.Equal([OAuthScopes.Linodes.View], listed.Scopes);
        Assert.Equal(end.ToUnixTimeSeconds(), listed.Expiry?.ToUnixTimeSeconds());
        Assert.Equal("weekly", (await tokens.UpdateAsync(listed.Id, "weekly")).Label);
        Assert.Equal("weekly", (await tokens.GetAsync(listed.Id)).Label);

        await tokens.DeleteAsync(listed.Id);
        await Assert.ThrowsAsync<LinodeTokenException>(() => script.Profile.GetAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<LinodeApiException>(() => tokens.GetAsync(listed.Id))).Status);
    }

    [Fact]
    public async Task A_token_makes_none_that_reaches_further()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var client = scene.Linode((await scene.LogInAsync(browser, [OAuthScopes.Account.ReadWrite])).AccessToken);

        var refused = await Assert.ThrowsAsync<LinodeApiException>(() => client.Profile.Tokens.CreateAsync("x", [OAuthScopes.Linodes.ReadWrite]));

        Assert.Equal("scopes", Assert.Single(refused.Errors).Field);
        Assert.Equal([OAuthScopes.Account.ReadWrite], (await client.Profile.Tokens.CreateAsync("all of it", OAuthScopes.All)).Details.Scopes);
    }

    [Fact]
    public async Task Deleting_an_app_from_the_list_ends_what_it_was_given()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var token = await scene.LogInAsync(browser, [OAuthScopes.Account.ReadWrite, OAuthScopes.Linodes.View]);
        var apps = scene.Linode(token.AccessToken).Profile.Apps;

        var app = await apps.ListAsync(AuthorizedAppFields.Label.Is("Test app")).SingleAsync();
        Assert.Equal([OAuthScopes.Account.ReadWrite, OAuthScopes.Linodes.View], app.Scopes);
        Assert.Equal(app, await apps.GetAsync(app.Id));

        await apps.DeleteAsync(app.Id);
        await Dead.AssertAsync(scene, token);
    }

    [Fact]
    public async Task An_app_registered_here_is_logged_in_to_there()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var account = scene.Linode((await scene.LogInAsync(browser, [OAuthScopes.Account.ReadWrite])).AccessToken).Account;

        var app = await account.OAuthClients.CreateAsync("My app", new Uri("https://example.org/callback"));
        var first = new LinodeLoginClient(app.Id, app.Secret?.Reveal(), new Uri(scene.LoginUrl), clock: scene.Clock);
        Assert.Equal([OAuthScopes.Linodes.View], (await LogInAsync(first, browser, app)).Scopes);

        var reset = await account.OAuthClients.ResetSecretAsync(app.Id);
        Assert.NotEqual(app.Secret, reset.Secret);
        await Assert.ThrowsAsync<OAuthRefusedException>(() => LogInAsync(first, browser, app));
        var second = new LinodeLoginClient(app.Id, reset.Secret?.Reveal(), new Uri(scene.LoginUrl), clock: scene.Clock);
        var token = await LogInAsync(second, browser, app);

        await account.OAuthClients.DeleteAsync(app.Id);
        await Assert.ThrowsAsync<LinodeTokenException>(() => scene.Linode(token.AccessToken).Profile.GetAsync());
    }

    [Fact]
    public async Task A_client_is_listed_changed_and_pictured()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var clients = scene.Linode((await scene.LogInAsync(browser, [OAuthScopes.Account.ReadWrite])).AccessToken).Account.OAuthClients;
        var phone = await clients.CreateAsync("Phone app", new Uri("http://127.0.0.1/callback"), isPublic: true);
        await clients.CreateAsync("Web app", new Uri("https://example.org/callback"));

        var listed = await clients.ListAsync(OAuthClientFields.IsPublic.Is(true)).SingleAsync();
        Assert.Equal((phone.Id, OAuthClientStatus.Active, null, "http://127.0.0.1/callback"), (listed.Id, listed.Status, listed.Secret, listed.RedirectUri?.OriginalString));

        await clients.UpdateAsync(phone.Id, new UpdateOAuthClientRequest { Label = "Telephone app" });
        await clients.SetThumbnailAsync(phone.Id, Picture);
        Assert.Equal(Picture, await LinodeClient.WithoutToken(new Uri(scene.ApiUrl)).Account.OAuthClients.GetThumbnailAsync(phone.Id));
        var shown = await clients.GetAsync(phone.Id);
        Assert.Equal("Telephone app", shown.Label);
        Assert.NotNull(shown.ThumbnailUrl);
    }

    [Fact]
    public async Task Without_the_scope_the_SDK_says_which_one_is_missing()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var client = scene.Linode((await scene.LogInAsync(browser, [OAuthScopes.Linodes.View])).AccessToken);

        var missing = await Assert.ThrowsAsync<LinodeScopeException>(() => client.Account.OAuthClients.CreateAsync("My app", new Uri("https://example.org/")));

        Assert.Equal([OAuthScopes.Account.ReadWrite], missing.NeededScopes);
    }

    private static async Task<OAuthToken> LogInAsync(LinodeLoginClient login, Browser browser, OAuthClient app)
    {
        var request = login.GenerateLoginUrl([OAuthScopes.Linodes.View], app.RedirectUri);
        var page = await browser.OpenAsync(request.Url.AbsoluteUri);
        page = page.Location is null ? await browser.ConsentAsync(page, "allow") : page;
        return await login.FinishOAuthAsync(new Uri(page.Location!), request);
    }
}
