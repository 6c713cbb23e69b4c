using Latchkey.Core.Consent;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Consents;
using static Latchkey.LoginServer.Tests.Consent.Asking;

namespace Latchkey.LoginServer.Tests.Consent;

/// <summary>A scope is taken away after a request has read what was agreed to, and before it has written the grant.</summary>
public sealed class NarrowedMeanwhileTests
{
    [Theory]
    [Spec("RV-09")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_grant_outlives_what_was_taken_away_while_it_was_made(bool asked)
    {
        var store = new InterruptedStore();
        await using var host = await LoginServerHost.StartAsync(services: store.Wrap);
        var (browser, client) = await ReadyAsync(host);
        await browser.SubmitAsync((await AskAsync(browser, client)).Press("decision", "allow"));
        var first = await OnlyGrantAsync(host);
        var form = asked ? (await browser.GetAsync(App.Authorize(client, ("prompt", "consent")))).Form("/oauth/consent").Press("decision", "allow") : null;
        store.BeforeNextInsert = () => host.Get<ConsentStore>().ReplaceAsync(
            first.UserId, client.Id, ConsentPlace.Of(client.RedirectUris[0], null), ScopeSet.Parse("linodes:read_write"), ScopeSet.Parse("linodes:read_only"));

        var answer = form is null ? await browser.GetAsync(App.Authorize(client)) : await browser.SubmitAsync(form);

        AssertClosed(answer);
        Assert.All(
            (await GrantsAsync(host)).Where(g => g.State != GrantState.Revoked),
            g => Assert.Equal(ScopeLevel.ReadOnly, g.Scopes.LevelOf("linodes")));
    }

    private sealed class InterruptedStore : WrappedGrantStore
    {
        public Func<Task>? BeforeNextInsert { get; set; }

        public override async Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default)
        {
            if (write is GrantWrite.Insert && BeforeNextInsert is { } interrupt)
            {
                BeforeNextInsert = null;
                await interrupt();
            }

            return await base.ApplyAsync(write, audit, cancellationToken);
        }
    }
}
