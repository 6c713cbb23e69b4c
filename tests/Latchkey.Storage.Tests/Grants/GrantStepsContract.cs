using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;

namespace Latchkey.Storage.Tests.Grants;

/// <summary>What ends with more grants than one transaction takes.</summary>
public abstract class GrantStepsContract(Engine engine)
{
    private const int Many = (2 * GrantSteps.Most) + 3;
    private const string Living = "SELECT count(*) FROM grants WHERE state <> 2";

    [Theory, Spec("RV-09")]
    [InlineData("disable client")]
    [InlineData("remove client")]
    [InlineData("disable user")]
    [InlineData("delete user")]
    public async Task Nothing_begins_any_more_while_they_end_in_steps_and_asking_again_ends_what_is_left(string how)
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = await ManyAsync(storage);
        var bob = await storage.AddUserAsync("bob");
        var other = (await storage.AddClientAsync("Other")).Id;
        var untouched = await storage.InsertAsync(bob, other);
        BreakLast(storage, user);

        await Assert.ThrowsAnyAsync<Exception>(() => EndAsync(storage, how, user, client));

        var left = storage.Number(Living) - 1;
        Assert.InRange(left, 1, GrantSteps.Most);
        Assert.False(await storage.TryInsertAsync(user, client));
        Mend(storage);
        Assert.True(await EndAsync(storage, how, user, client));
        Assert.Equal(1, storage.Number(Living));
        Assert.Equal(untouched, await storage.ReadAsync(untouched.Id));
        Assert.Equal(how != "remove client", await storage.Clients.FindAsync(client) is not null);
        Assert.Equal(how != "delete user", await storage.Accounts.FindAsync(user) is not null);
    }

    [Theory]
    [InlineData("disable client")]
    [InlineData("disable user")]
    public async Task What_an_ending_that_was_cut_off_left_does_not_live_again(string how)
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = await ManyAsync(storage);
        BreakLast(storage, user);
        await Assert.ThrowsAnyAsync<Exception>(() => EndAsync(storage, how, user, client));
        Mend(storage);

        Assert.True(how == "disable user" ? await storage.Accounts.EnableAsync(user) : await storage.Clients.SetStatusAsync(client, ClientStatus.Active));

        Assert.Equal(0, storage.Number(Living));
        Assert.True(await storage.TryInsertAsync(user, client));
        Assert.True(how == "disable user" ? await storage.Accounts.EnableAsync(user) : await storage.Clients.SetStatusAsync(client, ClientStatus.Active));
        Assert.Equal(1, storage.Number(Living));
    }

    [Fact, Spec("TK-41")]
    public async Task Scopes_are_taken_away_in_steps()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = await ManyAsync(storage);
        await storage.Consents.RecordAsync(user, client, TestStorage.Place, ScopeSet.Parse("linodes:read_only domains:read_only"));
        BreakLast(storage, user);

        await Assert.ThrowsAnyAsync<Exception>(() => storage.Clients.SetAllowedScopesAsync(client, ScopeSet.Parse("domains:read_only")));

        Assert.InRange(storage.Number("SELECT count(*) FROM grants WHERE scopes <> ''"), 1, GrantSteps.Most);
        Mend(storage);
        Assert.True(await storage.Clients.SetAllowedScopesAsync(client, ScopeSet.Parse("domains:read_only")));
        Assert.Equal(0, storage.Number("SELECT count(*) FROM grants WHERE scopes <> ''"));
        Assert.Equal("domains:read_only", (await storage.Consents.FindAsync(user, client, TestStorage.Place)).ToString());
    }

    [Fact]
    public async Task A_removal_in_steps_forgets_the_consents_and_is_recorded()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (user, client) = await ManyAsync(storage);
        await storage.Consents.RecordAsync(user, client, TestStorage.Place, ScopeSet.Parse("linodes:read_only"));

        Assert.False(await storage.Clients.RemoveAsync(client, ownerId: user));
        Assert.True(await storage.Clients.RemoveAsync(client));

        Assert.Equal(0, storage.Number("SELECT count(*) FROM consents"));
        Assert.Equal(Many, storage.Number("SELECT count(*) FROM grants WHERE state = 2"));
        Assert.Equal(
            [AuditKinds.ClientStatusChanged, AuditKinds.ClientRemoved],
            (await storage.Audit.ListAsync()).Where(e => e.ClientId == client && e.Kind is AuditKinds.ClientStatusChanged or AuditKinds.ClientRemoved).OrderBy(e => e.Id).Select(e => e.Kind));
    }

    private static async Task<(Guid User, string Client)> ManyAsync(TestStorage storage)
    {
        var user = await storage.AddUserAsync();
        var client = (await storage.AddClientAsync()).Id;
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => storage.InsertAsync(user, client)));
        return (user, client);
    }

    private static Task<bool> EndAsync(TestStorage storage, string how, Guid user, string client) => how switch
    {
        "disable client" => storage.Clients.SetStatusAsync(client, ClientStatus.Disabled),
        "remove client" => storage.Clients.RemoveAsync(client),
        "disable user" => storage.Accounts.DisableAsync(user),
        _ => storage.Accounts.DeleteAsync(user),
    };

    /// <summary>The last of their grants cannot be changed, so that the step that would is the only one that fails.</summary>
    private void BreakLast(TestStorage storage, Guid user) => storage.Execute(engine == Engine.Sqlite
        ? $"""
          CREATE TABLE unchangeable AS SELECT id FROM grants WHERE user_id = X'{Convert.ToHexString(user.ToByteArray(bigEndian: true))}' ORDER BY id DESC LIMIT 1;
          CREATE TRIGGER broken BEFORE UPDATE ON grants WHEN OLD.id = (SELECT id FROM unchangeable) BEGIN SELECT RAISE(ABORT, 'trouble'); END
          """
        : $"""
          CREATE TABLE unchangeable AS SELECT id FROM grants WHERE user_id = '{user}' ORDER BY id DESC LIMIT 1;
          CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF OLD.id = (SELECT id FROM unchangeable) THEN RAISE EXCEPTION 'trouble'; END IF; RETURN NEW; END $$;
          CREATE TRIGGER broken BEFORE UPDATE ON grants FOR EACH ROW EXECUTE FUNCTION broken();
          """);

    private void Mend(TestStorage storage) => storage.Execute(engine == Engine.Sqlite ? "DROP TRIGGER broken" : "DROP TRIGGER broken ON grants");
}
