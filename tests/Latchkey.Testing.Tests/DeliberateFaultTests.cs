using System.Net;
using System.Net.Http.Headers;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Latchkey.Testing.Tests;

public sealed class DeliberateFaultTests
{
    // With another delay than the one that was set, nobody would ever say that they wait: that has to fail, not hang.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_slow_server_answers_when_the_delay_is_over_and_not_before()
    {
        var clock = new WatchedClock(TimeSpan.FromSeconds(4));
        await using var latchkey = await LatchkeyServer.StartAsync(o =>
        {
            o.Clock = clock;
            o.DeliberateFaults.Faults.Add(DeliberateFault.Slow);
            o.DeliberateFaults.Delay = TimeSpan.FromSeconds(4);
        });
        var token = await latchkey.CreateTokenAsync(await latchkey.AddUserAsync("tess"), ScopeSet.Everything);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());

        Assert.Equal(HttpStatusCode.OK, await LateAsync(() => http.GetAsync(new Uri(latchkey.ApiUrl + "/linode/instances"))));
        Assert.Equal(HttpStatusCode.BadRequest, await LateAsync(() => http.PostAsync(new Uri(latchkey.LoginUrl + "oauth/token"), null)));

        // Pages, and what other servers ask, are as fast as ever: the clock stands still for these.
        using var page = await http.GetAsync(new Uri(latchkey.LoginUrl + "login"));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        async Task<HttpStatusCode> LateAsync(Func<Task<HttpResponseMessage>> call)
        {
            var answer = call();
            await Task.WhenAny(clock.Waiting, answer).WaitAsync(Patience);
            Assert.False(answer.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(4));
            using var answered = await answer.WaitAsync(Patience);
            return answered.StatusCode;
        }
    }

    [Fact]
    public async Task Nothing_goes_wrong_unless_it_was_asked_for()
    {
        await using var latchkey = await LatchkeyServer.StartAsync();
        using var http = new HttpClient();
        for (var call = 0; call < 7; call++)
        {
            using var answer = await http.GetAsync(new Uri(latchkey.ApiUrl + "/regions"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, -1, 1)]
    [InlineData(3, 1, -1)]
    public async Task Settings_that_let_nothing_through_are_refused(int every, int retryAfter, int delay) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => LatchkeyServer.StartAsync(o =>
        {
            (o.DeliberateFaults.Every, o.DeliberateFaults.RetryAfterSeconds) = (every, retryAfter);
            o.DeliberateFaults.Delay = TimeSpan.FromSeconds(delay);
        }));

    /// <summary>Tells when somebody has begun to wait for so long.</summary>
    private sealed class WatchedClock(TimeSpan wait) : FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
        private readonly SemaphoreSlim _waiting = new(0);

        public Task Waiting => _waiting.WaitAsync();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == wait)
            {
                _waiting.Release();
            }

            return timer;
        }
    }
}
