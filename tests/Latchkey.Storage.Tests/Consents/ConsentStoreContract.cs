using Latchkey.Core.Clients;
using Latchkey.Core.Consent;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;

namespace Latchkey.Storage.Tests.Consents;

public abstract class ConsentStoreContract(Engine engine)
{
    [Fact]
    public async Task A_consent_adds_to_the_one_before()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var audit = new AuditEvent { Time = storage.Clock.GetUtcNow(), Kind = AuditKinds.ConsentGiven, ActorId = user, ClientId = client.Id };
        Assert.Null(await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));

        Assert.True(await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse("linodes:read_only"), audit));
        storage.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse("linodes:read_write images:read_only")));

        var scopes = ScopeSet.Parse("images:read_only linodes:read_write");
        Assert.Equal(scopes, await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
        var listed = Assert.Single(await storage.Consents.ListAsync(user));
        Assert.Equal(("App", scopes, TimeSpan.FromHours(1)), (listed.ClientLabel, listed.Scopes, listed.UpdatedAt - listed.CreatedAt));
        Assert.Single(await storage.Audit.ListAsync(), e => e.Kind == AuditKinds.ConsentGiven);
    }

    [Fact, Spec("RV-09")]
    public async Task Agreeing_to_less_than_before_takes_it_from_what_the_app_holds_and_from_nothing_else()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, other) = (await storage.AddUserAsync(), await storage.AddUserAsync("bob"));
        var client = await storage.AddClientAsync();
        var wide = ScopeSet.Parse("domains:read_only linodes:read_write");
        foreach (var person in new[] { user, other })
        {
            await storage.Consents.RecordAsync(person, client.Id, TestStorage.Place, wide);
        }

        var held = await storage.InsertAsync(user, client.Id, wide.ToString());
        var theirs = await storage.InsertAsync(other, client.Id, wide.ToString());

        await storage.Consents.ReplaceAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse("linodes:read_write"), ScopeSet.Parse("linodes:read_only"));

        Assert.Equal(held with { Scopes = ScopeSet.Parse("domains:read_only linodes:read_only") }, await storage.ReadAsync(held.Id));
        Assert.Equal(theirs, await storage.ReadAsync(theirs.Id));
    }

    [Theory, Spec("RV-09")]
    [InlineData("linodes:*", "linodes:read_write", "linodes:read_only", "linodes:read_only")]
    [InlineData("domains:read_write linodes:*", "domains:read_only linodes:read_only", "", "")]
    [InlineData("domains:read_only linodes:*", "linodes:read_write", "linodes:read_write", "domains:read_only linodes:*")]
    [InlineData("linodes:*", "*", "domains:read_only", "domains:read_only")]
    [InlineData("invoices:* linodes:read_only", "invoices:read_only", "", "linodes:read_only")]
    [InlineData("openid linodes:read_only", "openid linodes:read_only", "linodes:read_only", "linodes:read_only")]
    public async Task Agreeing_to_less_counts_also_where_more_than_was_asked_had_been_agreed_to(string before, string asked, string granted, string after)
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse(before));
        var held = await storage.InsertAsync(user, client.Id, before);

        await storage.Consents.ReplaceAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse(asked), ScopeSet.Parse(granted));

        Assert.Equal(ScopeSet.Parse(after), await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
        Assert.Equal(ScopeSet.Parse(before).Intersect(ScopeSet.Parse(after)), (await storage.ReadAsync(held.Id)).Scopes);
    }

    [Fact, Spec("RV-09")]
    public async Task Of_everything_a_family_can_be_taken_away()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Everything);
        var held = await storage.InsertAsync(user, client.Id, "*");

        await storage.Consents.ReplaceAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse("linodes:read_write"), ScopeSet.Parse("linodes:read_only"));

        var left = (await storage.ReadAsync(held.Id)).Scopes;
        Assert.Equal((ScopeLevel.ReadOnly, ScopeLevel.All), (left.LevelOf("linodes"), left.LevelOf("domains")));
        Assert.Equal(left, await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
    }

    [Fact, Spec("LO-16")]
    public async Task What_was_agreed_to_counts_for_its_place_and_is_listed_for_its_app()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var (other, api) = (ConsentPlace.Of("https://two.example/cb", null), ConsentPlace.Of("https://app.example/callback", "https://api.example"));
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse("linodes:read_write"));
        Assert.Null(await storage.Consents.FindAsync(user, client.Id, other));
        Assert.Null((await storage.Clients.FindWithConsentAsync(client.Id, user, api)).Consent);

        await storage.Consents.RecordAsync(user, client.Id, other, ScopeSet.Parse("domains:read_only"));
        await storage.Consents.RecordAsync(user, client.Id, api, ScopeSet.Parse("linodes:read_write"));
        var held = await storage.InsertAsync(user, client.Id, "domains:read_only linodes:read_write");
        Assert.Equal(ScopeSet.Parse("domains:read_only"), await storage.Consents.FindAsync(user, client.Id, other));
        var listed = Assert.Single(await storage.Consents.ListAsync(user));
        Assert.Equal(ScopeSet.Parse("domains:read_only linodes:read_write"), listed.Scopes);

        // Taken away at one place, it is taken from the app.
        await storage.Consents.ReplaceAsync(user, client.Id, api, ScopeSet.Parse("linodes:read_write"), ScopeSet.Empty);
        Assert.Equal(ScopeSet.Empty, await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
        Assert.Equal(ScopeSet.Parse("domains:read_only"), (await storage.ReadAsync(held.Id)).Scopes);

        Assert.True(await storage.Consents.WithdrawAsync(listed.Id, user));
        Assert.Empty(await storage.Consents.ListAsync(user));
        Assert.Equal(GrantState.Revoked, (await storage.ReadAsync(held.Id)).State);
    }

    [Fact]
    public async Task Fifty_answers_at_once_for_one_place_are_one_consent()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(n =>
            storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Parse(n % 2 == 0 ? "linodes:read_only" : "domains:read_only"))));

        Assert.Equal(1, storage.Number("SELECT count(*) FROM consents"));
        Assert.Equal(ScopeSet.Parse("domains:read_only linodes:read_only"), await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
    }

    [Fact]
    public async Task An_empty_consent_is_a_consent()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();

        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Empty);

        Assert.Equal(ScopeSet.Empty, await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
    }

    [Fact]
    public async Task A_client_is_read_with_what_a_user_agreed_to_for_it()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, other) = (await storage.AddUserAsync(), await storage.AddUserAsync("bob"));
        var client = await storage.AddClientAsync();
        var scopes = ScopeSet.Parse("linodes:read_only");

        for (var i = 0; i < 2; i++)
        {
            var (found, consent) = await storage.Clients.FindWithConsentAsync(client.Id, user, TestStorage.Place);
            Assert.Equal((client.Id, null), (found!.Id, consent));
        }

        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, scopes);
        Assert.Equal(scopes, (await storage.Clients.FindWithConsentAsync(client.Id, user, TestStorage.Place)).Consent);
        Assert.Null((await storage.Clients.FindWithConsentAsync(client.Id, other, TestStorage.Place)).Consent);
        Assert.Equal((null, null), await storage.Clients.FindWithConsentAsync("nobody", user, TestStorage.Place));

        await storage.Clients.UpdateAsync(client.Id, label: "Renamed");
        Assert.Equal("Renamed", (await storage.Clients.FindWithConsentAsync(client.Id, user, TestStorage.Place)).Client!.Label);

        await storage.Consents.WithdrawAsync((await storage.Consents.ListAsync(user)).Single().Id, user);
        Assert.Null((await storage.Clients.FindWithConsentAsync(client.Id, user, TestStorage.Place)).Consent);

        await storage.Clients.RemoveAsync(client.Id);
        Assert.Equal((null, null), await storage.Clients.FindWithConsentAsync(client.Id, user, TestStorage.Place));
    }

    [Fact]
    public async Task No_consent_is_recorded_for_a_user_or_client_that_has_ended()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var gone = await storage.AddUserAsync("gone");
        var client = await storage.AddClientAsync();
        var disabled = await storage.AddClientAsync("Disabled");
        await storage.Accounts.DisableAsync(gone);
        await storage.Clients.SetStatusAsync(disabled.Id, ClientStatus.Disabled);

        Assert.False(await storage.Consents.RecordAsync(gone, client.Id, TestStorage.Place, ScopeSet.Everything));
        Assert.False(await storage.Consents.RecordAsync(user, disabled.Id, TestStorage.Place, ScopeSet.Everything));
        Assert.False(await storage.Consents.RecordAsync(user, "nobody", TestStorage.Place, ScopeSet.Everything));
    }

    [Fact, Spec("RV-09"), Spec("TK-41")]
    public async Task Withdrawing_ends_the_users_grants_to_that_client_and_no_others()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var bob = await storage.AddUserAsync("bob");
        var client = await storage.AddClientAsync();
        var other = await storage.AddClientAsync("Other");
        await storage.Consents.RecordAsync(ada, client.Id, TestStorage.Place, ScopeSet.Everything);
        var ended = await storage.InsertAsync(ada, client.Id);
        var untouched = new[] { await storage.InsertAsync(bob, client.Id), await storage.InsertAsync(ada, other.Id), await storage.InsertAsync(ada, null) };
        var consent = (await storage.Consents.ListAsync(ada)).Single();

        Assert.False(await storage.Consents.WithdrawAsync(consent.Id, bob));
        Assert.True(await storage.Consents.WithdrawAsync(consent.Id, ada));
        Assert.False(await storage.Consents.WithdrawAsync(consent.Id, ada));

        Assert.Equal(RevocationReason.UserRequest, (await storage.ReadAsync(ended.Id)).RevokedWhy);
        foreach (var grant in untouched)
        {
            Assert.Equal(grant, await storage.ReadAsync(grant.Id));
        }

        Assert.Null(await storage.Consents.FindAsync(ada, client.Id, TestStorage.Place));
    }

    [Fact]
    public async Task A_consents_number_is_never_given_again()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Empty);
        var first = (await storage.Consents.ListAsync(user)).Single().Id;
        await storage.Consents.WithdrawAsync(first, user);
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Empty);

        Assert.True((await storage.Consents.ListAsync(user)).Single().Id > first);
    }

    [Fact]
    public async Task A_withdrawal_that_cannot_end_the_grants_leaves_the_consent()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Everything);
        await storage.InsertAsync(user, client.Id);
        var consent = (await storage.Consents.ListAsync(user)).Single();
        storage.BreakGrantUpdates();

        await Assert.ThrowsAnyAsync<Exception>(() => storage.Consents.WithdrawAsync(consent.Id, user));

        Assert.NotNull(await storage.Consents.FindAsync(user, client.Id, TestStorage.Place));
        Assert.Equal(GrantState.Pending, (await storage.Grants.ListAsync(new() { UserId = user }).SingleAsync()).State);
    }
}
