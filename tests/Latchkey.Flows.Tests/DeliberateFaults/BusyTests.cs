using System.Net;
using Latchkey.Flows.Tests.Framework;
using Latchkey.Flows.Tests.InstallOnLinode;
using Latchkey.Linode;
using Latchkey.LoginServer.DeliberateFaults;
using Latchkey.Storage.Grants;

namespace Latchkey.Flows.Tests.DeliberateFaults;

public sealed class BusyTests
{
    private const int RetryAfter = 7;

    [Theory]
    [InlineData(DeliberateFault.TooManyRequests, HttpStatusCode.TooManyRequests)]
    [InlineData(DeliberateFault.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task One_call_in_so_many_is_told_when_to_come_back(DeliberateFault fault, HttpStatusCode status)
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => Busy(f, fault));
        using var http = new HttpClient();

        var (regions, refused) = (new Uri(scene.ApiUrl + "/regions"), new List<HttpStatusCode>());
        for (var call = 0; call < 4; call++)
        {
            using var answer = await http.GetAsync(regions);
            refused.Add(answer.StatusCode);
            if (answer.StatusCode == status)
            {
                Assert.Equal(RetryAfter.ToString(), answer.Headers.RetryAfter?.ToString());
                Assert.Equal("unknown", answer.Headers.GetValues("X-OAuth-Scopes").Single());
                Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
                Assert.Contains("Retry-After", answer.Headers.GetValues("Access-Control-Expose-Headers"));
                Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
                Assert.StartsWith("""{"errors":[{"reason":""", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        Assert.Equal([HttpStatusCode.OK, status, HttpStatusCode.OK, status], refused);
    }

    [Fact]
    public async Task Both_take_turns()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => Busy(f, DeliberateFault.TooManyRequests, DeliberateFault.Unavailable));
        using var http = new HttpClient();

        var statuses = new List<int>();
        for (var call = 0; call < 4; call++)
        {
            using var answer = await http.GetAsync(new Uri(scene.ApiUrl + "/regions"));
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 503, 200, 429], statuses);
    }

    [Theory]
    [InlineData(DeliberateFault.TooManyRequests)]
    [InlineData(DeliberateFault.Unavailable)]
    public async Task The_SDK_waits_as_it_was_told_and_gets_through(DeliberateFault fault)
    {
        await using var scene = await Scene.StartWithFaultsAsync(f => Busy(f, fault));
        using var browser = Scene.NewBrowser();
        var clock = new ImpatientClock(TimeSpan.FromSeconds(RetryAfter));
        var login = new LinodeLoginClient(scene.Client.Client.Id, scene.Client.Secret!.Reveal(), new Uri(scene.LoginUrl), clock: clock);
        var (request, callback) = await scene.AuthorizeAsync(browser, [OAuthScopes.Linodes.View]);

        var token = await login.FinishOAuthAsync(callback, request);
        token = await login.RefreshOAuthTokenAsync(token.RefreshToken);
        Assert.Equal(1, clock.Waits);

        var linode = new LinodeClient(token.AccessToken, new Uri(scene.ApiUrl), clock: clock);
        Assert.Empty(await linode.Linodes.Instances.ListAsync().ToListAsync());
        Assert.Equal(Scene.UserName, (await linode.Profile.GetAsync()).Username);
        Assert.Equal(2, clock.Waits);
        await login.ExpireTokenAsync(token.AccessToken);
        Assert.Equal("ClientRequest", (await scene.Get<IGrantStore>().ListAsync(new GrantFilter()).SingleAsync()).RevokedWhy.ToString());
    }

    [Fact]
    public async Task The_example_app_installs_all_the_same()
    {
        await using var scene = await Scene.StartWithFaultsAsync(f =>
        {
            Busy(f, DeliberateFault.TooManyRequests, DeliberateFault.Unavailable);
            (f.Every, f.RetryAfterSeconds) = (3, 0);
        });
        using var browser = Scene.NewBrowser();

        var done = await browser.ConsentAsync(await scene.OrderAsync(browser), "allow");

        Assert.Matches(@"\d+\.\d+\.\d+\.\d+", done.Text);
    }

    private static void Busy(DeliberateFaultSettings settings, params DeliberateFault[] faults)
    {
        (settings.Every, settings.RetryAfterSeconds) = (2, RetryAfter);
        settings.Faults.UnionWith(faults);
    }

    /// <summary>Counts the waits of one length, and does not wait for them.</summary>
    private sealed class ImpatientClock(TimeSpan wait) : TimeProvider
    {
        private int _waits;

        public int Waits => _waits;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == wait)
            {
                Interlocked.Increment(ref _waits);
                dueTime = TimeSpan.Zero;
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
