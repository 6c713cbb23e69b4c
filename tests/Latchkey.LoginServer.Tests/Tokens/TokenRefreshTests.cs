using System.Net;
using Latchkey.Core.Clients;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Consents;

namespace Latchkey.LoginServer.Tests.Tokens;

public sealed class TokenRefreshTests
{
    [Fact, Spec("TK-29"), Spec("RFC6749-6")]
    public async Task A_refresh_yields_a_new_pair_and_the_old_access_token_lives_out_its_time()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        server.Clock.Advance(TimeSpan.FromHours(1));
        var second = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);

        Assert.NotEqual(first.Text("access_token"), second.Text("access_token"));
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.Equal(first.Text("scope"), second.Text("scope"));
        Assert.True(await server.IsActiveAsync(first.Text("access_token")));
        server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await server.IsActiveAsync(first.Text("access_token")));
        Assert.True(await server.IsActiveAsync(second.Text("access_token")));
    }

    [Fact, Spec("TK-37")]
    public async Task A_lost_answer_asked_for_again_is_the_same_to_the_byte()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        var second = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromSeconds(9));
        var again = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        Assert.Equal(second.Text("refresh_token"), again.Text("refresh_token"));
        Assert.Equal(second.Text("access_token"), again.Text("access_token"));
        Assert.Equal(7191, again.GetProperty("expires_in").GetInt32());
    }

    [Fact, Spec("TK-30"), Spec("TK-37"), Spec("RFC9700-4.14.2")]
    public async Task Reuse_after_the_window_kills_the_family()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        var second = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);

        // A retry does not extend the window.
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        (await server.RefreshAsync(first.Text("refresh_token"))).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.False(await server.IsActiveAsync(first.Text("access_token")));
        await server.AssertDeadAsync(second);
    }

    [Fact, Spec("TK-37")]
    public async Task The_window_is_for_the_same_client_alone()
    {
        await using var server = await BackChannel.StartAsync();
        var other = await server.AddClientAsync(new NewClient { Label = "Other", RedirectUris = ["https://app.example/cb"] });
        var first = await server.IssueTokensAsync();
        (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        (await server.RefreshAsync(first.Text("refresh_token"), other)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await server.RefreshAsync(first.Text("refresh_token"), other)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.True(await server.IsActiveAsync(first.Text("access_token")));
    }

    [Fact, Spec("TK-34")]
    public async Task Fifty_refreshes_at_once_pass_one_generation()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => server.RefreshAsync(first.Text("refresh_token")))));
        var successor = Assert.Single(answers.Select(a => a.Expect(HttpStatusCode.OK).Text("refresh_token")).Distinct());
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await server.RefreshAsync(successor)).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-34")]
    public async Task Without_a_window_fifty_refreshes_at_once_leave_nothing_alive()
    {
        await using var server = await BackChannel.StartAsync(o => o.Lifetimes = new TokenLifetimes { RetryWindow = TimeSpan.Zero });
        var first = await server.IssueTokensAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => server.RefreshAsync(first.Text("refresh_token")))));
        var winner = Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        await server.AssertDeadAsync(winner.Expect(HttpStatusCode.OK));
        Assert.False(await server.IsActiveAsync(first.Text("access_token")));
    }

    [Fact, Spec("TK-36"), Spec("RFC6749-6")]
    public async Task A_narrower_scope_holds_for_the_access_token_alone()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        var narrow = (await server.RefreshAsync(first.Text("refresh_token"), null, ("scope", "linodes:read_only"))).Expect(HttpStatusCode.OK);
        Assert.Equal("linodes:read_only", narrow.Text("scope"));
        Assert.Equal("linodes:read_only", (await server.IntrospectAsync(narrow.Text("access_token"))).Text("scope"));
        var full = (await server.RefreshAsync(narrow.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        Assert.Equal("linodes:read_write stackscripts:read_only", full.Text("scope"));
    }

    [Theory, Spec("TK-36")]
    [InlineData("linodes:*")]
    [InlineData("*")]
    [InlineData("domains:read_only")]
    public async Task A_wider_scope_is_refused_and_consumes_nothing(string scope)
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        (await server.RefreshAsync(first.Text("refresh_token"), null, ("scope", scope))).ExpectError(HttpStatusCode.BadRequest, "invalid_scope");
        (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-40")]
    public async Task A_refresh_token_unused_for_too_long_is_dead()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        server.Clock.Advance(TimeSpan.FromDays(30));
        (await server.RefreshAsync(first.Text("refresh_token"))).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact, Spec("TK-40")]
    public async Task A_refresh_token_used_daily_dies_with_its_grant()
    {
        await using var server = await BackChannel.StartAsync(o => o.Lifetimes = new TokenLifetimes { Grant = TimeSpan.FromDays(3) });
        var tokens = await server.IssueTokensAsync();
        for (var day = 1; day < 3; day++)
        {
            server.Clock.Advance(TimeSpan.FromDays(1));
            tokens = (await server.RefreshAsync(tokens.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        }

        server.Clock.Advance(TimeSpan.FromDays(1));
        await server.AssertDeadAsync(tokens);
    }

    [Theory, Spec("TK-41"), Spec("RV-09")]
    [InlineData("user disabled")]
    [InlineData("user deleted")]
    [InlineData("consent withdrawn")]
    [InlineData("client disabled")]
    [InlineData("client deleted")]
    public async Task What_ends_a_party_ends_its_tokens(string what)
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = await server.IssueTokensAsync();
        var clients = server.Get<ClientStore>();
        var consents = server.Get<ConsentStore>();
        var done = what switch
        {
            "user disabled" => await server.Get<AccountStore>().DisableAsync(server.UserId),
            "user deleted" => await server.Get<AccountStore>().DeleteAsync(server.UserId),
            "consent withdrawn" => await consents.WithdrawAsync((await consents.ListAsync(server.UserId)).Single().Id, server.UserId),
            "client disabled" => await clients.SetStatusAsync(server.App.Client.Id, ClientStatus.Disabled),
            _ => await clients.RemoveAsync(server.App.Client.Id),
        };
        Assert.True(done);
        Assert.False(await server.IsActiveAsync(tokens.Text("access_token")));
        var refusal = await server.RefreshAsync(tokens.Text("refresh_token"));
        Assert.Contains(refusal.Status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized });

        // Back again, and still dead.
        await server.Get<AccountStore>().EnableAsync(server.UserId);
        await clients.SetStatusAsync(server.App.Client.Id, ClientStatus.Active);
        Assert.False(await server.IsActiveAsync(tokens.Text("access_token")));
    }

    [Fact, Spec("TK-41")]
    public async Task A_scope_taken_from_the_client_leaves_its_tokens()
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = await server.IssueTokensAsync();
        await server.Get<ClientStore>().SetAllowedScopesAsync(server.App.Client.Id, ScopeSet.Parse("linodes:read_only"));
        Assert.Equal("linodes:read_only", (await server.IntrospectAsync(tokens.Text("access_token"))).Text("scope"));
        Assert.Equal("linodes:read_only", (await server.RefreshAsync(tokens.Text("refresh_token"))).Expect(HttpStatusCode.OK).Text("scope"));
    }

    [Fact, Spec("TK-32"), Spec("ST-07")]
    public async Task A_key_rotated_in_between_changes_nothing_for_tokens_that_live()
    {
        await using var server = await BackChannel.StartAsync();
        var first = await server.IssueTokensAsync();
        await server.Get<Latchkey.Storage.Tokens.TokenKeyStore>().RotateAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await server.IsActiveAsync(first.Text("access_token")));
        var second = (await server.RefreshAsync(first.Text("refresh_token"))).Expect(HttpStatusCode.OK);
        Assert.True(await server.IsActiveAsync(second.Text("access_token")));
    }
}
