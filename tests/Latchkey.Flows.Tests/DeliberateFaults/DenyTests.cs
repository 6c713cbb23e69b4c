using Latchkey.Core.Consent;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.Storage.Consents;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.DeliberateFaults;

public sealed class DenyTests
{
    [Fact, Spec("AZ-46")]
    public async Task Nobody_is_asked_and_the_example_app_says_that_access_was_denied()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.Deny));
        using var browser = Scene.NewBrowser();
        var login = await browser.SubmitAsync(await browser.OpenAsync(scene.AppUrl));

        var page = await browser.SubmitAsync(login, ("username", Scene.UserName), ("password", Scene.Password));

        Assert.StartsWith(scene.AppUrl, page.Url, StringComparison.Ordinal);
        Assert.Contains("denied", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).ToListAsync());
    }

    [Fact]
    public async Task A_consent_that_is_remembered_is_denied_too_and_stays()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => f.Faults.Add(DeliberateFault.Deny));
        using var browser = Scene.NewBrowser();
        var consents = scene.Get<ConsentStore>();
        var place = ConsentPlace.Of(scene.Client.Client.RedirectUris[0], null);
        await consents.RecordAsync(scene.UserId, scene.Client.Client.Id, place, [OAuthScopes.Linodes.View]);

        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        var result = await scene.Sdk().TryFinishOAuthAsync(callback, request);

        Assert.Equal(OAuthRefusalKind.AccessDenied, result.Refusal?.Kind);
        Assert.NotNull(await consents.FindAsync(scene.UserId, scene.Client.Client.Id, place));
    }
}
