using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Flows.Tests.Guides;

/// <summary>The code about tokens, apps and clients in docs/guides/log-in-with-linode.md, compiled and run.</summary>
public sealed class OnTheUsersBehalfTests
{
    [Fact]
    public async Task A_token_for_a_script_an_app_shut_out_and_one_registered()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        var login = await scene.LogInAsync(browser, [OAuthScopes.Account.ReadWrite, OAuthScopes.Linodes.ReadWrite]);
        var linode = scene.Linode(login.AccessToken);
        PersonalAccessToken? stored = null;
        void Store(PersonalAccessToken token) => stored = token;

        // guide: from here
        // A token for a script, with an end and no more rights than it needs. The token itself is given this once.
        var nightly = await linode.Profile.Tokens.CreateAsync(
            "nightly job", [OAuthScopes.Linodes.ReadWrite], expiry: DateTimeOffset.Parse("2099-01-31T00:00:00Z"));
        Store(nightly.Token);

        // An app of your own, registered by your own code. Its secret, too, is given this once.
        OAuthClient registered = await linode.Account.OAuthClients.CreateAsync("My app", new Uri("https://example.org/callback"));
        var loginToIt = new LinodeLoginClient(registered.Id, registered.Secret?.Reveal());

        // Whom the user let in, and a way out: from here on the app's tokens are dead.
        await foreach (var app in linode.Profile.Apps.ListAsync(AuthorizedAppFields.Label.Is("Test app")))
        {
            await linode.Profile.Apps.DeleteAsync(app.Id);
        }
        // guide: to here

        Assert.NotNull(loginToIt);
        Assert.Empty(await new LinodeClient(stored!, new Uri(scene.ApiUrl)).Linodes.Instances.ListAsync().ToListAsync());
        await Assert.ThrowsAsync<LinodeTokenException>(() => linode.Profile.GetAsync());
    }

    [Fact]
    public void The_guide_shows_this_code() => GuideCode.AssertQuotedIn("log-in-with-linode.md");
}
