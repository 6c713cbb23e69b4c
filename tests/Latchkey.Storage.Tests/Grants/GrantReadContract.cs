using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;

namespace Latchkey.Storage.Tests.Grants;

/// <summary>What every database must give back; derive once for each.</summary>
public abstract class GrantReadContract(Engine engine)
{
    [Fact]
    public async Task An_inserted_grant_is_read_back_as_it_was()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        Assert.True(CodeChallenge.TryParse(new string('a', 43), out var challenge));
        var full = storage.NewGrant(user, client.Id, "openid linodes:read_write custom") with
        {
            SessionId = Guid.CreateVersion7(storage.Clock.GetUtcNow()),
            Resource = "https://api.example",
            CodeChallenge = challenge,
            Nonce = "n-é",
            ExpiresAt = storage.Clock.GetUtcNow() + TimeSpan.FromDays(1),
        };
        var bare = full with
        {
            Id = Guid.CreateVersion7(storage.Clock.GetUtcNow()),
            Scopes = ScopeSet.Empty,
            SessionId = null,
            Resource = null,
            CodeChallenge = null,
            Nonce = null,
            RedirectUri = null,
            ExpiresAt = null,
            Refreshable = false,
        };

        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Insert(full)));
        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Insert(bare)));

        Assert.Equal(full, await storage.Grants.FindAsync(full.Id));
        Assert.Equal(bare, await storage.Grants.FindAsync(bare.Id));
        Assert.Null(await storage.Grants.FindAsync(user));
    }

    [Fact]
    public async Task A_client_is_read_with_a_grant_and_the_name_of_its_user()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var grant = await storage.InsertAsync(user, client.Id);
        var name = (await storage.Accounts.FindAsync(user))!.UserName;

        for (var i = 0; i < 2; i++)
        {
            var (found, named) = await storage.Clients.FindWithGrantAsync(client.Id, grant.Id);
            Assert.Equal(client.Id, found!.Id);
            Assert.Equal(new NamedGrant(grant, name), named);
        }

        Assert.Equal((null, new NamedGrant(grant, name)), await storage.Clients.FindWithGrantAsync("nobody", grant.Id));
        Assert.Null((await storage.Clients.FindWithGrantAsync(client.Id, user)).Grant);

        await storage.Clients.UpdateAsync(client.Id, label: "Renamed");
        Assert.Equal("Renamed", (await storage.Clients.FindWithGrantAsync(client.Id, grant.Id)).Client!.Label);

        await storage.Accounts.DeleteAsync(user);
        Assert.Equal(
            new NamedGrant((await storage.Grants.FindAsync(grant.Id))!, UserName: null), (await storage.Clients.FindWithGrantAsync(client.Id, grant.Id)).Grant);
    }

    [Fact]
    public async Task Lists_are_filtered_oldest_first_and_cross_pages()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var bob = await storage.AddUserAsync("bob");
        var one = await storage.AddClientAsync("One");
        var two = await storage.AddClientAsync("Two");
        var all = new List<Grant>();
        for (var i = 0; i < 450; i++)
        {
            storage.Clock.Advance(TimeSpan.FromMilliseconds(1));
            all.Add(storage.NewGrant(i % 2 == 0 ? ada : bob, i % 3 == 0 ? one.Id : two.Id));
        }

        await Task.WhenAll(all.Select(g => storage.Grants.ApplyAsync(new GrantWrite.Insert(g))));
        await storage.Grants.ApplyAsync(new GrantWrite.Revoke(all[0].Id, RevocationReason.UserRequest, storage.Clock.GetUtcNow()));

        async Task HoldsAsync(GrantFilter filter, Func<Grant, bool> expected) => Assert.Equal(
            all.Where(expected).Select(g => g.Id),
            await storage.Grants.ListAsync(filter).Select(g => g.Id).ToListAsync());
        await HoldsAsync(GrantFilter.All, _ => true);
        await HoldsAsync(new GrantFilter { UserId = ada }, g => g.UserId == ada);
        await HoldsAsync(new GrantFilter { ClientId = one.Id }, g => g.ClientId == one.Id);
        await HoldsAsync(new GrantFilter { UserId = bob, ClientId = two.Id }, g => g.UserId == bob && g.ClientId == two.Id);
        await HoldsAsync(new GrantFilter { UserId = ada, LivingOnly = true }, g => g.UserId == ada && g.Id != all[0].Id);
    }
}
