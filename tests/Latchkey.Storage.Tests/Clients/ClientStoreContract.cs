using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.Storage.Tests.Clients;

public abstract class ClientStoreContract(Engine engine)
{
    [Fact]
    public async Task A_client_is_read_back_as_it_was_registered()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var owner = await storage.AddUserAsync();
        var added = await storage.Clients.AddAsync(new NewClient
        {
            Label = "App \"quoted\" é",
            RedirectUris = ["https://app.example/cb", "http://127.0.0.1/cb"],
            Compatibility = Compatibility.Linode,
            PkceOptional = true,
            Trusted = true,
            Api = true,
            Resource = "https://api.example",
            AllowedScopes = ScopeSet.Parse("linodes:read_only"),
            Grants = [GrantTypes.AuthorizationCode],
            OwnerId = owner,
        });

        var found = await storage.Clients.FindAsync(added.Client.Id);

        Assert.Equivalent(added.Client, found, strict: true);
        Assert.Matches("^[0-9a-f]{20}$", found!.Id);
        Assert.Equal(["https://app.example/cb", "http://127.0.0.1/cb"], found.RedirectUris);
        Assert.Equal("linodes:read_only", found.AllowedScopes.ToString());
        Assert.Equivalent(found, Assert.Single(await storage.Clients.ListAsync(owner)), strict: true);
        Assert.Empty(await storage.Clients.ListAsync(Guid.Empty));
        Assert.Null(await storage.Clients.FindAsync("nobody"));
    }

    [Fact]
    public async Task Of_fifty_registered_at_once_their_owner_keeps_no_more_than_they_may()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (ada, bob) = (await storage.AddUserAsync(), await storage.AddUserAsync("bob"));
        NewClient Of(Guid owner) => new() { Label = "App", RedirectUris = ["https://app.example/cb"], OwnerId = owner };
        await storage.Clients.AddOwnAsync(Of(bob), most: 1);

        var made = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => storage.Clients.AddOwnAsync(Of(ada), most: 3))));

        Assert.Equal(3, made.Count(c => c is not null));
        Assert.Equal(3, (await storage.Clients.ListAsync(ada)).Count);
        Assert.NotNull(await storage.Clients.AddAsync(Of(ada)));
        await storage.Accounts.DisableAsync(bob);
        Assert.Null(await storage.Clients.AddOwnAsync(Of(bob), most: 9));
        Assert.Null(await storage.Clients.AddOwnAsync(Of(Guid.CreateVersion7()), most: 9));
    }

    [Fact, Spec("RFC8707-2")]
    public async Task Only_an_active_API_answers_for_a_resource()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var api = (await storage.Clients.AddAsync(new NewClient { Label = "API", Api = true, Resource = "https://api.example" })).Client;
        await storage.Clients.AddAsync(new NewClient { Label = "No API", Resource = "https://app.example" });

        Assert.True(await storage.Clients.AnyAnswersForAsync("https://api.example"));
        Assert.False(await storage.Clients.AnyAnswersForAsync("https://api.example/"));
        Assert.False(await storage.Clients.AnyAnswersForAsync("https://app.example"));
        await storage.Clients.SetStatusAsync(api.Id, ClientStatus.Disabled);
        Assert.False(await storage.Clients.AnyAnswersForAsync("https://api.example"));
    }

    [Theory]
    [InlineData(false, Compatibility.None, true)]
    [InlineData(false, Compatibility.Linode, true)]
    [InlineData(true, Compatibility.Linode, true)] // Linode gives its public clients one too.
    [InlineData(true, Compatibility.None, false)]
    public async Task A_client_that_can_use_a_secret_gets_one_and_only_its_hash_is_kept(bool isPublic, Compatibility compatibility, bool secret)
    {
        await using var storage = await TestStorage.CreateAsync(engine);

        var added = await storage.Clients.AddAsync(new NewClient { Label = "App", Public = isPublic, Compatibility = compatibility });

        Assert.Equal(secret, added.Secret is not null);
        Assert.Equal(secret, added.Client.SecretHash is not null);
        if (added.Secret is not null)
        {
            Assert.True(added.Secret.Matches(added.Client.SecretHash));
        }
    }

    [Fact, Spec("TK-42")]
    public async Task A_reset_secret_replaces_the_old_one_at_once()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var added = await storage.Clients.AddAsync(new NewClient { Label = "App" });

        var reset = await storage.Clients.ResetSecretAsync(added.Client.Id);

        var found = await storage.Clients.FindAsync(added.Client.Id);
        Assert.True(reset!.Secret!.Matches(found!.SecretHash));
        Assert.False(added.Secret!.Matches(found.SecretHash));
        Assert.Null(await storage.Clients.ResetSecretAsync("nobody"));
    }

    [Fact]
    public async Task A_change_by_another_process_counts_at_the_next_read()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var cli = storage.Another();
        var client = await storage.AddClientAsync();
        var first = await storage.Clients.FindAsync(client.Id);
        Assert.Same(first, await storage.Clients.FindAsync(client.Id));

        await cli.Clients.SetStatusAsync(client.Id, ClientStatus.Disabled);
        Assert.False((await storage.Clients.FindAsync(client.Id))!.IsActive);
        await cli.Clients.UpdateAsync(client.Id, label: "New", redirectUris: ["https://new.example/"]);
        Assert.Equal("New", (await storage.Clients.FindAsync(client.Id))!.Label);
        await cli.Clients.RemoveAsync(client.Id);
        Assert.Null(await storage.Clients.FindAsync(client.Id));
    }

    [Theory, Spec("RV-09"), Spec("TK-41")]
    [InlineData("disable")]
    [InlineData("suspend")]
    [InlineData("remove")]
    public async Task Ending_a_client_ends_its_grants_and_no_others(string how)
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var other = await storage.AddClientAsync("Other");
        var grant = await storage.InsertAsync(user, client.Id);
        var untouched = await storage.InsertAsync(user, other.Id);
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, grant.Scopes);

        Assert.True(await (how switch
        {
            "disable" => storage.Clients.SetStatusAsync(client.Id, ClientStatus.Disabled),
            "suspend" => storage.Clients.SetStatusAsync(client.Id, ClientStatus.Suspended),
            _ => storage.Clients.RemoveAsync(client.Id),
        }));

        var ended = await storage.ReadAsync(grant.Id);
        Assert.Equal(
            grant with { State = GrantState.Revoked, RevokedAt = storage.Clock.GetUtcNow(), RevokedWhy = RevocationReason.ClientEnded }, ended);
        Assert.Equal(untouched, await storage.ReadAsync(untouched.Id));
        Assert.Equal(how == "remove", await storage.Consents.FindAsync(user, client.Id, TestStorage.Place) is null);
    }

    [Fact]
    public async Task When_the_grants_cannot_be_ended_the_client_is_not_disabled_either()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var client = await storage.AddClientAsync();
        var grant = await storage.InsertAsync(await storage.AddUserAsync(), client.Id);
        storage.BreakGrantUpdates();

        await Assert.ThrowsAnyAsync<Exception>(() => storage.Clients.SetStatusAsync(client.Id, ClientStatus.Disabled));
        await Assert.ThrowsAnyAsync<Exception>(() => storage.Clients.RemoveAsync(client.Id));

        Assert.True((await storage.Clients.FindAsync(client.Id))!.IsActive);
        Assert.Equal(grant, await storage.ReadAsync(grant.Id));
    }

    [Fact, Spec("TK-41")]
    public async Task Taking_a_scope_away_narrows_living_grants_and_consents()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var wide = await storage.InsertAsync(user, client.Id, "linodes:* domains:read_only");
        var everything = await storage.InsertAsync(user, client.Id, "*");
        var narrow = await storage.InsertAsync(user, client.Id, "linodes:read_only");
        var openId = await storage.InsertAsync(user, client.Id, "openid offline_access domains:read_only");
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, wide.Scopes.Union(openId.Scopes));

        await storage.Clients.SetAllowedScopesAsync(client.Id, ScopeSet.Parse("linodes:read_write volumes:read_only"));

        Assert.Equal("linodes:read_write", (await storage.ReadAsync(wide.Id)).Scopes.ToString());
        Assert.Equal("linodes:read_write volumes:read_only", (await storage.ReadAsync(everything.Id)).Scopes.ToString());
        Assert.Equal("linodes:read_only", (await storage.ReadAsync(narrow.Id)).Scopes.ToString());
        Assert.Equal(ScopeSet.Parse("openid offline_access"), (await storage.ReadAsync(openId.Id)).Scopes);
        Assert.Equal(ScopeSet.Parse("openid offline_access linodes:read_write"), await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
        Assert.Equal("linodes:read_write volumes:read_only", (await storage.Clients.FindAsync(client.Id))!.AllowedScopes.ToString());
    }

    [Fact]
    public async Task Changes_to_a_client_that_is_not_there_say_so()
    {
        await using var storage = await TestStorage.CreateAsync(engine);

        Assert.False(await storage.Clients.RemoveAsync("nobody"));
        Assert.False(await storage.Clients.SetStatusAsync("nobody", ClientStatus.Active));
        Assert.False(await storage.Clients.SetAllowedScopesAsync("nobody", ScopeSet.Empty));
        Assert.False(await storage.Clients.UpdateAsync("nobody", label: "x"));
    }
}
