using System.Net;
using System.Text;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

public sealed class LinodeSessionTests
{
    private readonly LoginFixture _login = new();

    [Fact]
    public async Task A_living_token_is_used_as_it_is()
    {
        var token = Token(expiresIn: TimeSpan.FromMinutes(5));
        var session = new LinodeSession(_login.Client, token, _login.Clock);

        Assert.Same(token, await session.GetTokenAsync(TestContext.Current.CancellationToken));
        Assert.Empty(_login.Network.Sent);
    }

    [Fact]
    [Spec("CL-07")]
    public async Task A_hundred_callers_at_expiry_cause_one_refresh()
    {
        var release = new TaskCompletionSource();
        _login.Network.Does(async _ =>
        {
            await release.Task;
            return FakeNetwork.Json(LoginFixture.TokenJson);
        });
        var stored = new List<string>();
        var session = new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock)
        {
            TokenChanged = (token, _) =>
            {
                stored.Add(token.RefreshToken!.Reveal());
                return Task.CompletedTask;
            },
        };

        var callers = Enumerable.Range(0, 100)
            .Select(_ => Task.Run(() => session.GetTokenAsync(TestContext.Current.CancellationToken).AsTask())).ToList();
        release.SetResult();
        var tokens = await Task.WhenAll(callers);

        Assert.Single(_login.Network.Sent);
        Assert.Single(tokens.Distinct());
        Assert.Equal(["lkr-refresh"], stored);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_take_the_answer_from_the_others()
    {
        var release = new TaskCompletionSource();
        _login.Network.Does(async _ =>
        {
            await release.Task;
            return FakeNetwork.Json(LoginFixture.TokenJson);
        });
        var session = new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock);
        using var impatient = new CancellationTokenSource();

        var first = session.GetTokenAsync(impatient.Token).AsTask();
        var second = session.GetTokenAsync(TestContext.Current.CancellationToken).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();

        Assert.Equal("lka-access", (await second).AccessToken.Reveal());
    }

    [Fact]
    [Spec("CL-08")]
    public async Task A_dead_refresh_token_is_asked_about_once_for_all_that_follow()
    {
        _login.Network.Answers("""{"error":"invalid_grant"}""", HttpStatusCode.BadRequest);
        var session = new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock);

        for (var i = 0; i < 5; i++)
        {
            var refused = await Assert.ThrowsAsync<OAuthRefusedException>(() => session.GetTokenAsync(TestContext.Current.CancellationToken).AsTask());
            Assert.Equal(OAuthRefusalKind.LogInAgain, refused.Refusal.Kind);
        }

        Assert.Single(_login.Network.Sent);
    }

    [Fact]
    public async Task A_token_with_a_short_life_is_not_refreshed_for_every_call()
    {
        _login.Network.Answers(LoginFixture.TokenJson.Replace("7200", "40", StringComparison.Ordinal)).Answers(LoginFixture.TokenJson);
        var session = new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock);

        await session.GetTokenAsync(TestContext.Current.CancellationToken);
        await session.GetTokenAsync(TestContext.Current.CancellationToken);
        Assert.Single(_login.Network.Sent);

        _login.Clock.Advance(TimeSpan.FromSeconds(31));
        await session.GetTokenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _login.Network.Sent.Count);
    }

    [Fact]
    public async Task After_a_broken_network_the_next_call_tries_again()
    {
        _login.Network.Breaks(HttpRequestError.ConnectionError).Answers(LoginFixture.TokenJson);
        var session = new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock);

        await Assert.ThrowsAsync<OAuthUnreachableException>(() => session.GetTokenAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal("lka-access", (await session.GetTokenAsync(TestContext.Current.CancellationToken)).AccessToken.Reveal());
    }

    [Fact]
    public async Task The_API_refusing_a_token_causes_one_refresh_and_one_more_try()
    {
        _login.Network.Answers(LoginFixture.TokenJson);
        var api = new FakeNetwork()
            .Answers("""{"errors":[{"reason":"Invalid Token"}]}""", HttpStatusCode.Unauthorized, ("X-OAuth-Scopes", "unknown"))
            .Answers("""{"username":"ann"}""");
        var session = new LinodeSession(_login.Client, Token(TimeSpan.FromHours(1)), _login.Clock);

        var profile = await new LinodeClient(session, handler: api).Profile.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal("ann", profile.Username);
        Assert.Equal(["Bearer old", "Bearer lka-access"], api.Sent.Select(s => s.Authorization));
    }

    [Fact]
    public async Task A_missing_scope_causes_no_refresh()
    {
        var api = new FakeNetwork().Answers(
            """{"errors":[{"reason":"no"}]}""",
            HttpStatusCode.Unauthorized,
            ("X-OAuth-Scopes", "domains:read_only"),
            ("X-Accepted-OAuth-Scopes", "linodes:read_only"));
        var session = new LinodeSession(_login.Client, Token(TimeSpan.FromHours(1)), _login.Clock);

        await Assert.ThrowsAsync<LinodeScopeException>(() =>
            new LinodeClient(session, handler: api).Linodes.Instances.GetAsync(1, TestContext.Current.CancellationToken));

        Assert.Empty(_login.Network.Sent);
    }

    [Fact]
    public async Task Who_stores_a_token_may_use_it_and_cannot_wait_for_another()
    {
        _login.Network.Answers(LoginFixture.TokenJson.Replace("7200", "0", StringComparison.Ordinal));
        LinodeSession? session = null;
        OAuthToken? used = null;
        Exception? refused = null;
        session = new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock)
        {
            TokenChanged = async (token, cancellationToken) =>
            {
                used = await session!.GetTokenAsync(cancellationToken);
                refused = await Record.ExceptionAsync(() => session.RefreshAsync(token, cancellationToken));
            },
        };

        var token = await session.GetTokenAsync(TestContext.Current.CancellationToken);

        Assert.Same(token, used);
        Assert.IsType<InvalidOperationException>(refused);
        Assert.Single(_login.Network.Sent);
    }

    [Fact]
    [Spec("CL-07")]
    public async Task What_was_started_while_a_token_was_stored_waits_for_the_next_like_everybody()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _login.Network.Answers(LoginFixture.TokenJson).Does(_ => answer.Task);
        ExecutionContext? started = null;
        var session = new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock)
        {
            TokenChanged = (_, _) =>
            {
                started ??= ExecutionContext.Capture();
                return Task.CompletedTask;
            },
        };
        var first = await session.GetTokenAsync(TestContext.Current.CancellationToken);
        var refresh = session.RefreshAsync(first, TestContext.Current.CancellationToken);

        Task<OAuthToken>? there = null;
        ExecutionContext.Run(started!, _ => there = session.RefreshAsync(first, TestContext.Current.CancellationToken), null);
        answer.SetResult(new HttpResponseMessage
        {
            Content = new StringContent(LoginFixture.TokenJson.Replace("lka-access", "lka-next", StringComparison.Ordinal), Encoding.UTF8, "application/json"),
        });

        Assert.Equal("lka-next", (await refresh).AccessToken.Reveal());
        Assert.Same(await refresh, await there!);
    }

    [Fact]
    public async Task A_token_whose_end_nobody_knows_is_used_until_the_API_refuses_it()
    {
        var token = new OAuthToken(new AccessToken("old"), OAuthScopes.All, default, new RefreshToken("old-refresh"));

        Assert.Same(token, await new LinodeSession(_login.Client, token, _login.Clock).GetTokenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_refresh_leaves_out_stays_as_it_was()
    {
        _login.Network.Answers("""{"access_token":"new","token_type":"bearer","expires_in":7200}""");

        var token = await new LinodeSession(_login.Client, Token(TimeSpan.Zero), _login.Clock).GetTokenAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("new", "old-refresh"), (token.AccessToken.Reveal(), token.RefreshToken?.Reveal()));
        Assert.Equal(OAuthScopes.All, token.Scopes);
    }

    [Fact]
    public async Task A_refused_token_that_was_read_from_a_store_again_is_the_same_token()
    {
        _login.Network.Answers(LoginFixture.TokenJson);
        var session = new LinodeSession(_login.Client, Token(TimeSpan.FromHours(1)), _login.Clock);

        var token = await session.RefreshAsync(Token(TimeSpan.FromHours(1)), TestContext.Current.CancellationToken);

        Assert.Equal("lka-access", token.AccessToken.Reveal());
    }

    private OAuthToken Token(TimeSpan expiresIn) =>
        new(new AccessToken("old"), OAuthScopes.All, _login.Clock.GetUtcNow() + expiresIn, new RefreshToken("old-refresh"));
}
