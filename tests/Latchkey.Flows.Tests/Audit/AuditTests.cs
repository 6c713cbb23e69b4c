using Latchkey.Core.Grants;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Linode;
using Latchkey.LoginServer.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Flows.Tests.Audit;

public sealed class AuditTests
{
    [Fact, Spec("LX-03")]
    public async Task A_grant_that_ended_says_why_when_for_whom_and_from_where()
    {
        await using var scene = await Scene.StartAsync();
        using var browser = Scene.NewBrowser();
        await scene.Sdk().ExpireTokenAsync(await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]));
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);
        await scene.Sdk().FinishOAuthAsync(callback, request);
        await Assert.ThrowsAsync<OAuthRefusedException>(() => scene.Sdk().FinishOAuthAsync(callback, request));
        var token = await scene.LogInAsync(browser, [OAuthScopes.Linodes.View]);
        await scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<OAuthRefusedException>(() => scene.Sdk().RefreshOAuthTokenAsync(token.RefreshToken));

        var events = await scene.Get<AuditLog>().ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        var ended = events.Where(e => e.Kind == AuditKinds.GrantRevoked).OrderBy(e => e.Id).ToList();
        Assert.Equal([nameof(RevocationReason.ClientRequest), nameof(RevocationReason.CodeReplay), nameof(RevocationReason.RefreshTokenReuse)], ended.Select(e => e.Detail));
        Assert.All(ended, e => Assert.Equal((scene.UserId, scene.Client.Client.Id), (e.UserId, e.ClientId)));
        Assert.All(ended, e => Assert.NotNull(e.Ip));
        Assert.Equal(
            events.Where(e => e.Kind == AuditKinds.GrantIssued).Select(e => e.GrantId).Order(),
            ended.Select(e => e.GrantId).Order());
        Assert.Equal(scene.Clock.GetUtcNow().ToUnixTimeMilliseconds(), ended[^1].Time.ToUnixTimeMilliseconds());
    }

    [Fact, Spec("LX-03"), Spec("LG-01")]
    public async Task An_account_that_was_locked_is_recorded_once()
    {
        await using var scene = await Scene.StartAsync(builder => builder.Services.Configure<LoginThrottleOptions>(o => (o.FailuresPerAccount, o.FailureTime) = (2, TimeSpan.Zero)));
        using var browser = Scene.NewBrowser();
        var page = await browser.OpenAsync(scene.LoginUrl + "/login");
        for (var i = 0; i < 3; i++)
        {
            page = await browser.SubmitAsync(page, ("username", Scene.UserName), ("password", "wrong"));
        }

        var events = await scene.Get<AuditLog>().ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        var locked = Assert.Single(events, e => e.Kind == AuditKinds.UserLocked);
        Assert.Equal(scene.UserId, locked.UserId);
        Assert.NotNull(locked.Ip);
        Assert.Equal(3, events.Count(e => e.Kind == AuditKinds.LoginFailed));
    }

    [Fact, Spec("LX-03")]
    public async Task A_client_that_was_changed_is_recorded_with_where_its_codes_go_now()
    {
        await using var scene = await Scene.StartAsync();
        var clients = scene.Get<ClientStore>();
        await clients.UpdateAsync(scene.Client.Client.Id, redirectUris: ["https://app.example/elsewhere"], cancellationToken: TestContext.Current.CancellationToken);
        await clients.ResetSecretAsync(scene.Client.Client.Id, TestContext.Current.CancellationToken);

        var events = await scene.Get<AuditLog>().ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        var changed = Assert.Single(events, e => e.Kind == AuditKinds.ClientChanged);
        Assert.Equal(scene.Client.Client.Id, changed.ClientId);
        Assert.Contains("https://app.example/elsewhere", changed.Detail, StringComparison.Ordinal);
        Assert.Single(events, e => e.Kind == AuditKinds.ClientSecretReset && e.ClientId == scene.Client.Client.Id);
    }
}
