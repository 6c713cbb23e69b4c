using System.Net;
using System.Net.Sockets;
using System.Text;
using Latchkey.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.AspNetCore.Tests.Bearer;

/// <summary>The login server is away, with and without a cache, and comes back.</summary>
public sealed class LoginServerOutageTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("{}", 500, "it broke")]
    [InlineData("""{"error":"invalid_client"}""", 401, "our secret is wrong")]
    [InlineData("<html>", 200, "a page")]
    [InlineData("", 302, "a redirect")]
    [InlineData("""{"active":"true"}""", 200, "active is text")]
    [InlineData("""{"active":true,"scope":"a\"b"}""", 200, "a scope that is none")]
    [InlineData("""{"active":true,"exp":9223372036854775807}""", 200, "an end beyond time")]
    [InlineData(null, 0, "no answer at all")]
    public async Task When_the_login_server_cannot_be_asked_nobody_gets_in(string? body, int status, string trouble)
    {
        await using var api = await BearerApi.StartAsync(o => o.RetryAfter = TimeSpan.FromSeconds(1.5));
        api.Login.IsDown = body is null;
        api.Login.Paths["/oauth/introspect"] = _ => FakeLoginServer.Json(body!, status);

        var answer = await api.GetAsync("/read", "Bearer good");

        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, trouble);
        Assert.Equal("2", answer.Header("Retry-After"));
        Assert.Equal("", answer.Challenge());
    }

    [Fact]
    public async Task When_the_login_server_resets_the_connection_nobody_gets_in()
    {
        await using var api = await BearerApi.StartAsync();
        api.Login.Paths["/oauth/introspect"] = _ => throw new SocketException((int)SocketError.NotConnected);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.GetAsync("/read", "Bearer good")).StatusCode);
    }

    [Fact, Spec("F-23")]
    public async Task For_ten_minutes_nobody_gets_in_past_the_bound_and_what_was_revoked_stays_dead()
    {
        await using var api = await BearerApi.StartAsync(Cached);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/read", "Bearer good")).StatusCode);
        api.Login.IsDown = true;
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/read", "Bearer good")).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var minute = 0; minute < 10; minute++)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.GetAsync("/read", "Bearer good")).StatusCode);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        api.Login.Tokens.Remove("good");
        api.Login.IsDown = false;

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("/read", "Bearer good")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/read", "Bearer full")).StatusCode);
    }

    [Fact, Spec("F-23")]
    public async Task When_it_is_back_each_token_is_asked_about_once_however_many_wait()
    {
        await using var api = await BearerApi.StartAsync(Cached);
        var back = new TaskCompletionSource();
        api.Login.MayAnswer = back.Task;

        var waiting = Enumerable.Range(0, 60).Select(i => api.GetAsync("/read", i % 2 == 0 ? "Bearer good" : "Bearer full")).ToArray();
        await api.Login.ArrivalAsync();
        await api.Login.ArrivalAsync();
        back.SetResult();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(["full", "good"], api.Login.Sent.Select(s => s.Form["token"]).Order());
    }

    [Fact]
    public async Task A_caller_who_hangs_up_fails_nobody_else()
    {
        await using var api = await BearerApi.StartAsync(Cached);
        var back = new TaskCompletionSource();
        api.Login.MayAnswer = back.Task;
        using var hangUp = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/read") { Headers = { { "Authorization", "Bearer good" } } };
        var first = api.Http.SendAsync(request, hangUp.Token);
        await api.Login.ArrivalAsync();

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = api.GetAsync("/read", "Bearer good");
        back.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await second).StatusCode);
        Assert.Single(api.Login.Sent);
    }

    [Fact, Spec("RA-10")]
    public async Task Without_a_cache_no_request_takes_the_answer_to_an_older_one()
    {
        await using var api = await BearerApi.StartAsync();
        var late = new TaskCompletionSource();
        api.Login.MayAnswer = late.Task;
        var before = api.GetAsync("/read", "Bearer good");
        await api.Login.ArrivalAsync();

        var after = api.GetAsync("/read", "Bearer good");
        await api.Login.ArrivalAsync();
        late.SetResult();

        Assert.All(await Task.WhenAll(before, after), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact, Spec("F-23")]
    public async Task However_many_tokens_ask_at_once_the_login_server_sees_so_many_connections()
    {
        const int connections = 256;
        var (asking, most) = (0, 0);
        using var arrivals = new SemaphoreSlim(0);
        using var turns = new SemaphoreSlim(0);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var login = builder.Build();
        login.Run(async context =>
        {
            var now = Interlocked.Increment(ref asking);
            for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            {
                Interlocked.CompareExchange(ref most, now, seen);
            }

            arrivals.Release();
            await turns.WaitAsync(context.RequestAborted);
            Interlocked.Decrement(ref asking);
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("""{"active":true,"scope":"*"}"""), context.RequestAborted);
        });
        await login.StartAsync(TestContext.Current.CancellationToken);
        await using var api = await BearerApi.StartAsync(o =>
        {
            o.LoginServer = new Uri(login.Urls.Single());
            o.BackchannelHttpHandler = null;
            o.IntrospectionTimeout = TimeSpan.FromMinutes(2);
        });

        var waiting = Enumerable.Range(0, connections + 50).Select(i => api.GetAsync("/read", $"Bearer token-{i}")).ToArray();
        for (var arrived = 1; arrived < connections + 50; arrived++)
        {
            Assert.True(await arrivals.WaitAsync(TimeSpan.FromMinutes(1)), $"{arrived} never came.");
            if (arrived >= connections)
            {
                turns.Release();
            }
        }

        turns.Release(connections);

        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(connections, most);
    }

    private void Cached(LatchkeyBearerOptions options) => (options.CacheFor, options.TimeProvider) = (TimeSpan.FromSeconds(5), _clock);
}
