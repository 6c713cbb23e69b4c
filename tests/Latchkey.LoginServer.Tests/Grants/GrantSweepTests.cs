using System.Net;
using System.Net.Http.Headers;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.LoginServer.Consent;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;
using Latchkey.Storage.PersonalTokens;

namespace Latchkey.LoginServer.Tests.Grants;

/// <summary>What apps and APIs see of it: nothing.</summary>
public sealed class GrantSweepTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact, Spec("TK-32"), Spec("ST-06"), Spec("TK-30")]
    public async Task A_reuse_in_the_last_second_of_the_token_is_seen_however_often_was_swept()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        var second = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        for (var day = 1; day < 30; day++)
        {
            server.Clock.Advance(Day);
            await SweepAsync(server);
        }

        server.Clock.Advance(Day - TimeSpan.FromSeconds(1));
        var refused = (await server.RefreshAsync(first.Text("refresh_token"))).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");

        Assert.Contains("used before", refused.Text("error_description"), StringComparison.Ordinal);
        await server.AssertDeadAsync(second);
        Assert.Equal(RevocationReason.RefreshTokenReuse, Assert.Single(await GrantsAsync(server)).RevokedWhy);
    }

    [Fact, Spec("ST-06")]
    public async Task A_family_that_is_used_lives_through_every_sweep_to_its_absolute_end()
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = await server.IssueTokensAsync();
        for (var day = 29; day < 365; day += 29)
        {
            server.Clock.Advance(29 * Day);
            await SweepAsync(server);
            tokens = (await server.RefreshAsync(tokens.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        }

        Assert.Single(await GrantsAsync(server));
        server.Clock.Advance(28 * Day);
        await SweepAsync(server);
        await server.AssertDeadAsync(tokens);
        Assert.Empty(await GrantsAsync(server));
    }

    [Fact, Spec("ST-06"), Spec("TK-32")]
    public async Task What_a_forgotten_grant_issued_stays_dead()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var revoked = (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
        await server.RevokeAsync(revoked.Text("access_token"));
        var idle = await server.IssueTokensAsync();
        server.Clock.Advance(400 * Day);
        await SweepAsync(server);

        Assert.Empty(await GrantsAsync(server));
        foreach (var tokens in new[] { revoked, idle })
        {
            await server.AssertDeadAsync(tokens);
            (await server.RevokeAsync(tokens.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        }

        (await server.RedeemAsync(code)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact, Spec("ST-06")]
    public async Task A_personal_token_without_an_end_lives_until_it_is_revoked_and_never_again()
    {
        await using var server = await BackChannel.StartAsync();
        var token = (await server.Get<PersonalTokenIssuing>().IssueAsync(server.UserId, "CI", ScopeSet.Parse("account:read_only")))!.Reveal();
        server.Clock.Advance(4000 * Day);
        await SweepAsync(server);
        Assert.True(await server.IsActiveAsync(token));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(server, token));

        var lines = server.Get<PersonalTokenStore>();
        Assert.True(await lines.RevokeAsync((await lines.ListAsync(server.UserId)).Single().Id, server.UserId));
        server.Clock.Advance(8 * Day);
        await SweepAsync(server);

        Assert.Empty(await GrantsAsync(server));
        Assert.False(await server.IsActiveAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(server, token));
    }

    [Fact, Spec("AV-04")]
    public async Task Logins_that_are_begun_and_left_cost_no_row()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(App.Authorize(client))).Status);
            Assert.Equal(HttpStatusCode.SeeOther, (await host.NewBrowser().GetAsync(App.Authorize(client))).Status);
        }

        Assert.Empty(await host.Get<IGrantStore>().ListAsync(GrantFilter.All).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact, Spec("AV-04")]
    public async Task Codes_that_nobody_redeems_do_not_gather()
    {
        await using var server = await BackChannel.StartAsync();
        for (var day = 0; day < 10; day++)
        {
            await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => server.IssueCodeAsync()));
            server.Clock.Advance(Day);
            await SweepAsync(server);
            Assert.InRange((await GrantsAsync(server)).Count, 0, 30);
        }
    }

    // Whoever answers the form again is refused because the first answer's grant is there.
    [Fact]
    public void A_grant_outlives_the_consent_form_that_made_it() => Assert.True(ConsentTickets.Life < GrantRetention.LeastKept);

    /// <summary>Keeping as little as can be. The server's own sweeper keeps more, and may have had the day's turn.</summary>
    private static async Task SweepAsync(BackChannel server)
    {
        var sweep = server.Get<GrantSweep>();
        await sweep.SweepIfDueAsync(new TokenLifetimes(), GrantRetention.LeastKept, Day);
        Assert.NotNull(await sweep.SweepNowAsync(GrantRetention.LeastKept, Day));
    }

    private static async Task<List<Grant>> GrantsAsync(BackChannel server) =>
        await server.Get<IGrantStore>().ListAsync(GrantFilter.All).ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<HttpStatusCode> CallAsync(BackChannel server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v4/account");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
