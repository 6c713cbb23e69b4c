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
}
