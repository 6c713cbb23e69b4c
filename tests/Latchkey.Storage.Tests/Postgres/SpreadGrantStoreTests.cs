using Latchkey.Core.Grants;
using Latchkey.Storage.Tests.Grants;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class SpreadGrantStoreTests() : GrantStoreContract(Engine.SpreadPostgres)
{
    [Fact]
    public async Task Grants_lie_on_three_servers_and_each_is_found()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.SpreadPostgres);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        for (var i = 0; i < 200; i++)
        {
            var grant = await storage.InsertAsync(user, client);
            Assert.Equal(grant.Id, (await storage.ReadAsync(grant.Id)).Id);
        }

        Assert.Equal(200, storage.Spread.Sum());
        Assert.All(storage.Spread, count => Assert.InRange(count, 20, 120));
    }

    [Fact]
    public async Task A_store_in_use_keeps_its_grants_when_they_move_and_a_second_move_changes_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var (user, client) = (await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);
        var grants = new List<Grant>();
        for (var i = 0; i < 100; i++)
        {
            grants.Add(await storage.InsertAsync(user, client));
        }

        storage.SpreadGrantsOut();
        Assert.Throws<InvalidOperationException>(storage.SpreadGrantsOutAgain);

        Assert.Equal(100, storage.Spread.Sum());
        Assert.DoesNotContain(0, storage.Spread);
        foreach (var grant in grants)
        {
            Assert.Equivalent(grant, await storage.ReadAsync(grant.Id), strict: true);
            var now = storage.Clock.GetUtcNow();
            Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now.AddDays(1))));
        }
    }
}
