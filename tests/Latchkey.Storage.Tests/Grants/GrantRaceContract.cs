using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Grants;

namespace Latchkey.Storage.Tests.Grants;

/// <summary>What every database must hold when several write at once, in one process and in two.</summary>
[Spec("ST-09")]
public abstract class GrantRaceContract(Engine engine)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact, Spec("TK-21")]
    public async Task Of_fifty_parallel_redemptions_exactly_one_is_applied()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.PendingAsync();
        var now = storage.Clock.GetUtcNow();

        var applied = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Day)))));

        Assert.Single(applied, true);
    }

    [Fact, Spec("TK-34")]
    public async Task Of_fifty_parallel_rotations_of_one_generation_exactly_one_is_applied()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.ActiveAsync();
        var now = storage.Clock.GetUtcNow();

        var applied = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 1, now)))));

        Assert.Single(applied, true);
        Assert.Equal(2, (await storage.ReadAsync(grant.Id)).Generation);
    }

    [Fact, Spec("ST-06")]
    public async Task Of_a_rotation_and_a_forgetting_that_meet_exactly_one_is_applied()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var other = storage.Another();
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var now = storage.Clock.GetUtcNow();
        for (var round = 0; round < 20; round++)
        {
            var grant = await storage.InsertAsync(user, client);
            await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Day));

            GrantWrite[] writes = [new GrantWrite.Rotate(grant.Id, 1, now), new GrantWrite.Forget(grant.Id, GrantState.Active, 1)];
            var applied = await Task.WhenAll(writes.Select((w, i) => Task.Run(() => (i == 0 ? storage : other).Grants.ApplyAsync(w))));

            Assert.Equal(applied[0] ? 2 : null, (await storage.Grants.FindAsync(grant.Id))?.Generation);
            Assert.NotEqual(applied[0], applied[1]);
        }
    }

    [Fact]
    public async Task Conflicting_writes_in_one_batch_are_applied_in_the_order_they_came()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var grant = storage.NewGrant(user, client.Id);
        var now = storage.Clock.GetUtcNow();

        var applied = await WithWriterHeldAsync(storage, () =>
        [
            storage.Grants.ApplyAsync(new GrantWrite.Insert(grant)),
            storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 1, now)),
            storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Day)),
            storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Day)),
            storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 1, now)),
            storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 1, now)),
            storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.CodeReplay, now)),
            storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 2, now)),
        ]);

        Assert.Equal([true, false, true, false, true, false, true, false], applied);
        Assert.Equal(2, (await storage.ReadAsync(grant.Id)).Generation);
    }

    [Fact]
    public async Task Two_processes_on_one_database_see_and_respect_each_others_writes()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var other = storage.Another();
        var grant = await storage.PendingAsync();
        var now = storage.Clock.GetUtcNow();

        var applied = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            (i % 2 == 0 ? storage : other).Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Day)))));

        Assert.Single(applied, true);
        Assert.True(await other.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.Administrator, now)));
        Assert.Equal(GrantState.Revoked, (await storage.ReadAsync(grant.Id)).State);
    }

    [Fact]
    public async Task Management_writes_and_grant_writes_take_turns_and_none_is_lost()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();

        var grants = Enumerable.Range(0, 200).Select(_ => Task.Run(() => storage.InsertAsync(user, client.Id))).ToList();
        var clients = Enumerable.Range(0, 20).Select(i => Task.Run(() => storage.Clients.AddAsync(new NewClient { Label = $"c{i}" }))).ToList();
        await Task.WhenAll([.. grants, .. clients]);

        var listed = await storage.Grants.ListAsync(new GrantFilter { ClientId = client.Id }).Select(g => g.Id).ToListAsync();
        Assert.Equal(grants.Select(g => g.Result.Id).Order(), listed.Order());
        Assert.Equal(21, (await storage.Clients.ListAsync()).Count);
    }

    [Fact, Spec("TK-41")]
    public async Task An_insert_that_meets_the_end_of_its_user_or_client_leaves_no_living_grant()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var other = storage.Another();
        for (var round = 0; round < 20; round++)
        {
            var user = await storage.AddUserAsync($"user{round}");
            var client = await storage.AddClientAsync();

            var inserts = Enumerable.Range(0, 8).Select(_ => Task.Run(() => storage.TryInsertAsync(user, client.Id))).ToList();
            var end = round % 2 == 0 ? other.Accounts.DisableAsync(user) : other.Clients.SetStatusAsync(client.Id, ClientStatus.Disabled);
            await Task.WhenAll([.. inserts, end]);

            Assert.Empty(await storage.Grants.ListAsync(new GrantFilter { UserId = user, LivingOnly = true }).ToListAsync());
        }
    }

    private static async Task<bool[]> WithWriterHeldAsync(TestStorage storage, Func<Task<bool>[]> queue)
    {
        Task<bool>[] waiting = [];
        await storage.Writes.RunAsync((_, _) =>
        {
            waiting = queue();
            return Task.CompletedTask;
        });
        return await Task.WhenAll(waiting);
    }
}
