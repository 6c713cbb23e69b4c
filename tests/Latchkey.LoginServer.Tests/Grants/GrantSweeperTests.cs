using System.Runtime.CompilerServices;
using Latchkey.Core.Grants;
using Latchkey.LoginServer.Grants;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.LoginServer.Tests.Telemetry;
using Latchkey.Protocol;
using Latchkey.Storage;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Latchkey.LoginServer.Tests.Grants;

[Spec("F-22")]
public sealed class GrantSweeperTests
{
    private const string Swept = "1 ended grants were forgotten.";

    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan NextLook = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_server_sweeps_while_it_runs_and_says_so()
    {
        await using var host = await LoginServerHost.StartAsync();
        using var measured = new Measurements(host.Get<System.Diagnostics.Metrics.IMeterFactory>(), "latchkey.grant.");
        var grant = await CodeAsync(host);
        await TwoDaysLaterAsync(host);

        await host.Log.ContainsAsync(Swept);

        Assert.Null(await host.Get<IGrantStore>().FindAsync(grant.Id));
        Assert.Equal(["latchkey.grant.swept 1"], measured.Take());
    }

    [Fact]
    public async Task A_database_that_cannot_answer_is_tried_again_and_ends_no_server()
    {
        var store = new TroubledStore { Trouble = true };
        await using var host = await LoginServerHost.StartAsync(services: store.Wrap);
        var grant = await CodeAsync(host);
        await TwoDaysLaterAsync(host);
        await host.Log.ContainsAsync("Ended grants could not be swept");
        await host.Clock.AlarmAsync(NextLook);

        store.Trouble = false;
        host.Clock.Advance(NextLook);

        await host.Log.ContainsAsync(Swept);
        Assert.Null(await host.Get<IGrantStore>().FindAsync(grant.Id));
        Assert.False(host.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task A_server_that_stops_stops_sweeping()
    {
        var store = new TroubledStore { Endless = true };
        await using var host = await LoginServerHost.StartAsync(services: store.Wrap);
        await TwoDaysLaterAsync(host);
        await store.Begun.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        await host.Get<IHost>().StopAsync(TestContext.Current.CancellationToken);

        Assert.True(store.Ended.Task.IsCompleted);
        Assert.DoesNotContain("could not be swept", host.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, 24)]
    [InlineData(24, 0)]
    [InlineData(24, -1)]
    [InlineData(1_000_000, 24)]
    public async Task Options_that_cannot_be_meant_stop_the_start(int keepHours, int everyHours) =>
        await Assert.ThrowsAsync<StartupException>(() => LoginServerHost.StartAsync(services: s => s.Configure<GrantSweepOptions>(o =>
            (o.Keep, o.Every) = (TimeSpan.FromHours(keepHours), TimeSpan.FromHours(everyHours)))));

    private static async Task<Grant> CodeAsync(LoginServerHost host)
    {
        var now = host.Clock.GetUtcNow();
        var client = await host.AddClientAsync(new NewClient { Label = "App", RedirectUris = [App.Callback], Trusted = true });
        var grant = new Grant
        {
            Id = Guid.CreateVersion7(now),
            ClientId = client.Id,
            UserId = await host.AddUserAsync(),
            Scopes = ScopeSet.Everything,
            State = GrantState.Pending,
            Generation = 0,
            RedirectUri = App.Callback,
            CreatedAt = now,
            CodeExpiresAt = now.AddSeconds(60),
        };
        Assert.True(await host.Get<IGrantStore>().ApplyAsync(new GrantWrite.Insert(grant)));
        return grant;
    }

    private static async Task TwoDaysLaterAsync(LoginServerHost host)
    {
        await host.Clock.AlarmAsync(FirstLook);
        host.Clock.Advance(TimeSpan.FromDays(2));
    }

    /// <summary>The grants, where a list of them goes wrong or on for ever.</summary>
    private sealed class TroubledStore : WrappedGrantStore
    {
        public bool Trouble { get; set; }

        public bool Endless { get; init; }

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Ended { get; } = new();

        public override IAsyncEnumerable<Grant> ListAsync(GrantFilter filter, CancellationToken cancellationToken = default) =>
            Trouble ? throw new StorageUnavailableException("Away.") : Endless ? WaitAsync(cancellationToken) : base.ListAsync(filter, cancellationToken);

        private async IAsyncEnumerable<Grant> WaitAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Ended.TrySetResult();
            }

            yield break;
        }
    }
}
