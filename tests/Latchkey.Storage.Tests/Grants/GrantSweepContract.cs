using System.Diagnostics.Metrics;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Telemetry;

namespace Latchkey.Storage.Tests.Grants;

[Spec("ST-06")]
public abstract class GrantSweepContract(Engine engine)
{
    private static readonly TokenLifetimes Lifetimes = new();
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    [Fact]
    public async Task Each_grant_goes_a_week_after_the_last_of_its_tokens_expired_and_not_before()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var start = storage.Clock.GetUtcNow();
        var unused = await storage.InsertAsync(user, client);
        var idle = await RedeemedAsync(storage, user, client);
        var reused = await RedeemedAsync(storage, user, client);
        var refreshed = await RedeemedAsync(storage, user, client);
        var endless = await PersonalAsync(storage, user);
        await storage.Grants.ApplyAsync(new GrantWrite.Revoke(reused.Id, RevocationReason.RefreshTokenReuse, start));
        storage.Clock.Advance(TimeSpan.FromDays(20));
        await storage.Grants.ApplyAsync(new GrantWrite.Rotate(refreshed.Id, 1, storage.Clock.GetUtcNow()));

        async Task LeftAtAsync(TimeSpan time, params Grant[] expected)
        {
            storage.Clock.Advance(start + time - storage.Clock.GetUtcNow());
            await SweepAsync(storage);
            var left = await storage.Grants.ListAsync(GrantFilter.All).Select(g => g.Id).ToListAsync();
            Assert.Equal(expected.Select(g => g.Id).Order(), left.Order());
        }

        await LeftAtAsync(TimeSpan.FromDays(20), idle, reused, refreshed, endless);
        await LeftAtAsync(TimeSpan.FromDays(37) - TimeSpan.FromMilliseconds(1), idle, reused, refreshed, endless);
        Assert.Equal(RevocationReason.RefreshTokenReuse, (await storage.ReadAsync(reused.Id)).RevokedWhy);
        await LeftAtAsync(TimeSpan.FromDays(37), refreshed, endless);
        await LeftAtAsync(TimeSpan.FromDays(57) - TimeSpan.FromMilliseconds(1), refreshed, endless);
        await LeftAtAsync(TimeSpan.FromDays(57), endless);
        await LeftAtAsync(TimeSpan.FromDays(4000), endless);
        Assert.Null(await storage.Grants.FindAsync(unused.Id));

        var line = Assert.Single(await storage.PersonalTokens.ListAsync(user));
        Assert.True(await storage.PersonalTokens.RevokeAsync(line.Id, user));
        await LeftAtAsync(TimeSpan.FromDays(4007) - TimeSpan.FromMilliseconds(1), endless);
        await LeftAtAsync(TimeSpan.FromDays(4007));
    }

    [Fact]
    public async Task A_personal_token_that_expired_stays_in_its_owners_list_and_can_be_taken_out()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var grant = await PersonalAsync(storage, user, storage.Clock.GetUtcNow().AddDays(30));
        storage.Clock.Advance(TimeSpan.FromDays(37));

        Assert.Equal(1, await SweepAsync(storage));

        Assert.Null(await storage.Grants.FindAsync(grant.Id));
        var line = Assert.Single(await storage.PersonalTokens.ListAsync(user));
        Assert.True(await storage.PersonalTokens.RevokeAsync(line.Id, user));
    }

    [Fact, Spec("F-22")]
    public async Task Killed_at_any_step_it_leaves_what_lives_and_the_next_run_completes_it()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var old = await Task.WhenAll(Enumerable.Range(0, 230).Select(_ => storage.InsertAsync(user, client)));
        storage.Clock.Advance(TimeSpan.FromDays(8));
        var living = await RedeemedAsync(storage, user, client);

        // At its first write, within a batch, and at the edges between two.
        var gone = 0;
        foreach (var written in (int[])[0, 1, 50, 100, 0])
        {
            var dying = new DyingStore(storage.Grants, written);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => SweepAsync(storage, dying));
            gone += written;
            Assert.Equal(old.Length + 1 - gone, await storage.Grants.ListAsync(GrantFilter.All).CountAsync());
            Assert.Equal(living.Generation, (await storage.ReadAsync(living.Id)).Generation);
        }

        Assert.Equal(old.Length - gone, await SweepAsync(storage));
        Assert.Equal(living.Id, Assert.Single(await storage.Grants.ListAsync(GrantFilter.All).ToListAsync()).Id);
    }

    [Fact, Spec("AV-04")]
    public async Task A_write_waits_for_a_hundred_others_at_most_however_many_are_swept()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        await Task.WhenAll(Enumerable.Range(0, 630).Select(_ => storage.InsertAsync(user, client)));
        storage.Clock.Advance(TimeSpan.FromDays(8));
        var counting = new CountingStore(storage.Grants);

        Assert.Equal(630, await SweepAsync(storage, counting));

        Assert.InRange(counting.MostAtOnce, 1, 100);
        Assert.Empty(await storage.Grants.ListAsync(GrantFilter.All).ToListAsync());
    }

    [Fact]
    public async Task Two_processes_at_once_forget_each_grant_once()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var other = storage.Another();
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        await Task.WhenAll(Enumerable.Range(0, 450).Select(_ => storage.InsertAsync(user, client)));
        storage.Clock.Advance(TimeSpan.FromDays(8));

        var forgotten = await Task.WhenAll(Task.Run(() => SweepAsync(storage)), Task.Run(() => SweepAsync(other)));

        Assert.Equal(450, forgotten.Sum());
    }

    [Fact]
    public async Task Of_all_processes_on_one_database_one_sweeps_once_in_a_while()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var other = storage.Another();

        Assert.Equal(0, await storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
        Assert.Null(await storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
        Assert.Null(await other.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
        storage.Clock.Advance(Every - TimeSpan.FromMinutes(1));
        Assert.Null(await other.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
        storage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await other.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));

        // A clock that was a year ahead must not have the last word for a year.
        storage.Clock.Advance(TimeSpan.FromDays(365));
        Assert.Equal(0, await storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
        storage.Clock.AdjustTime(storage.Clock.GetUtcNow().AddDays(-365));
        Assert.Equal(0, await other.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
    }

    [Fact, Spec("F-22")]
    public async Task The_turn_of_one_that_was_killed_is_taken_within_an_hour()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        await storage.InsertAsync(user, client);
        storage.Clock.Advance(TimeSpan.FromDays(8));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Sweep(storage, new DyingStore(storage.Grants, 0)).SweepIfDueAsync(Lifetimes, Keep, Every));

        storage.Clock.Advance(SweepTurns.Lease - TimeSpan.FromMinutes(1));
        Assert.Null(await storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
        storage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
    }

    [Fact]
    public async Task A_long_sweep_keeps_its_turn()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var other = storage.Another();
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        await Task.WhenAll(Enumerable.Range(0, 510).Select(_ => storage.InsertAsync(user, client)));
        storage.Clock.Advance(TimeSpan.FromDays(8));
        var slow = new SlowStore(storage.Grants, async written =>
        {
            if (written % 100 == 1)
            {
                storage.Clock.Advance(TimeSpan.FromMinutes(40));
                Assert.Null(await other.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
            }
        });

        Assert.Equal(510, await Sweep(storage, slow).SweepIfDueAsync(Lifetimes, Keep, Every));
    }

    [Fact]
    public async Task Tokens_that_were_given_a_longer_life_keep_it_when_the_next_server_gives_less()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var grant = await RedeemedAsync(storage, user, client);
        await storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes with { RefreshIdle = TimeSpan.FromDays(60) }, Keep, Every);
        storage.Clock.Advance(TimeSpan.FromDays(67) - TimeSpan.FromMinutes(1));

        Assert.Equal(0, await storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, Keep, Every));
        Assert.Equal(0, await storage.Get<GrantSweep>().SweepNowAsync(Keep, Every));
        Assert.NotNull(await storage.Grants.FindAsync(grant.Id));
        storage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await storage.Get<GrantSweep>().SweepNowAsync(Keep, Every));
    }

    [Fact]
    public async Task Without_knowing_how_long_tokens_live_nothing_is_forgotten()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await storage.PendingAsync();
        storage.Clock.Advance(TimeSpan.FromDays(4000));

        Assert.Null(await storage.Get<GrantSweep>().SweepNowAsync(Keep, Every));

        Assert.Single(await storage.Grants.ListAsync(GrantFilter.All).ToListAsync());
    }

    [Fact]
    public async Task What_is_kept_for_less_than_a_day_is_refused()
    {
        await using var storage = await TestStorage.CreateAsync(engine);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            storage.Get<GrantSweep>().SweepIfDueAsync(Lifetimes, GrantRetention.LeastKept - TimeSpan.FromTicks(1), Every));
    }

    [Fact]
    public async Task The_forgotten_are_counted()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await storage.PendingAsync();
        storage.Clock.Advance(TimeSpan.FromDays(8));
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, storage.Get<IMeterFactory>()) && instrument.Name == "latchkey.grant.swept")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted += value);
        listener.Start();

        await SweepAsync(storage);

        Assert.Equal(1, counted);
    }

    private static Task<int> SweepAsync(TestStorage storage, IGrantStore? grants = null) => SweepAsync(Sweep(storage, grants ?? storage.Grants));

    private static async Task<int> SweepAsync(GrantSweep sweep)
    {
        // Notes how long tokens live; when that was due already, it was this sweep.
        return await sweep.SweepIfDueAsync(Lifetimes, Keep, Every) ?? await sweep.SweepNowAsync(Keep, Every) ?? throw new InvalidOperationException("Not swept.");
    }

    private static GrantSweep Sweep(TestStorage storage, IGrantStore grants) =>
        new(grants, new SweepTurns(storage.Writes, storage.Clock), storage.Clock, storage.Get<StorageTelemetry>());

    private static async Task<Grant> RedeemedAsync(TestStorage storage, Guid user, string client)
    {
        var grant = await storage.InsertAsync(user, client);
        var now = storage.Clock.GetUtcNow();
        await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Lifetimes.Grant));
        return await storage.ReadAsync(grant.Id);
    }

    private static async Task<Grant> PersonalAsync(TestStorage storage, Guid user, DateTimeOffset? expiresAt = null)
    {
        var now = storage.Clock.GetUtcNow();
        var grant = storage.NewGrant(user, client: null) with
        {
            State = GrantState.Active,
            Generation = 1,
            RotatedAt = now,
            RedirectUri = null,
            CodeExpiresAt = null,
            Refreshable = false,
            ExpiresAt = expiresAt,
        };
        Assert.NotNull(await storage.PersonalTokens.CreateAsync(grant, "CI", new PersonalAccessToken("lkp0123456789abcdef0123456789abcdef")));
        return grant;
    }
}
