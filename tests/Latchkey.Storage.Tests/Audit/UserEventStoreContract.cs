using Latchkey.Core.Clients;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.SshKeys;

namespace Latchkey.Storage.Tests.Audit;

public abstract class UserEventStoreContract(Engine engine)
{
    private protected static readonly string[] Kinds = [AuditKinds.LoggedIn, AuditKinds.LoginFailed];

    [Fact]
    public async Task A_user_sees_what_they_did_and_what_was_done_to_them_of_90_days_newest_first()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (ada, bob) = (await storage.AddUserAsync(), await storage.AddUserAsync("bob"));
        await WriteAsync(storage, AuditKinds.LoggedIn, ada, null, "too old");
        storage.Clock.Advance(UserEventStore.Shown + TimeSpan.FromSeconds(1));
        await WriteAsync(storage, AuditKinds.LoggedIn, ada, null, "did");
        await WriteAsync(storage, AuditKinds.LoginFailed, null, ada, "done");
        await WriteAsync(storage, AuditKinds.LoggedIn, ada, ada, "both");
        await WriteAsync(storage, AuditKinds.LoggedIn, bob, null, "another's");
        await WriteAsync(storage, AuditKinds.LoginFailed, null, null, "nobody's");
        await WriteAsync(storage, AuditKinds.LoggedOut, ada, null, "another kind");

        var seen = await storage.Get<UserEventStore>().ListAsync(ada, Kinds);

        Assert.Equal(["both", "done", "did"], seen.Select(e => e.Detail));
    }

    [Fact]
    public async Task Failures_of_strangers_do_not_make_the_list_grow_without_end()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        await storage.Writes.RunAsync(async (db, ct) =>
        {
            db.AuditEvents.AddRange(Enumerable.Range(0, 2100).Select(i => new AuditEvent
            {
                Time = storage.Clock.GetUtcNow(),
                Kind = AuditKinds.LoginFailed,
                UserId = ada,
                Detail = i.ToString(),
            }));
            await db.SaveChangesAsync(ct);
        });

        var seen = await storage.Get<UserEventStore>().ListAsync(ada, Kinds);

        Assert.Equal((2000, "2099"), (seen.Count, seen[0].Detail));
    }

    [Fact]
    public async Task Marks_are_each_users_own_and_go_with_them()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var events = storage.Get<UserEventStore>();
        var (ada, bob) = (await storage.AddUserAsync(), await storage.AddUserAsync("bob"));

        await events.MarkSeenAsync(ada, 7);
        await events.MarkSeenAsync(ada, 5);
        await events.MarkReadAsync(ada, 3);
        await events.MarkReadAsync(ada, 3);
        await events.MarkReadAsync(Guid.CreateVersion7(), 3);
        await events.MarkSeenAsync(Guid.CreateVersion7(), 3);

        var (seen, read) = await events.MarksAsync(ada);
        Assert.Equal(7, seen);
        Assert.Equal([3], read);
        var (others, none) = await events.MarksAsync(bob);
        Assert.Equal((0, 0), (others, none.Count));
        await storage.Accounts.DeleteAsync(ada);
        Assert.Equal(0, storage.Number("SELECT (SELECT count(*) FROM read_events) + (SELECT count(*) FROM user_settings)"));
    }

    [Fact]
    public async Task Whoever_does_it_a_clients_owner_is_told()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (ada, bob) = (await storage.AddUserAsync(), await storage.AddUserAsync("bob"));
        var client = (await storage.Clients.AddOwnAsync(new NewClient { Label = "App", RedirectUris = ["https://app.example/cb"], OwnerId = ada }, most: 1))!.Client;
        await storage.Clients.UpdateAsync(client.Id, ada, "New", null);
        await storage.Clients.SetStatusAsync(client.Id, ClientStatus.Disabled);
        await storage.Clients.ResetSecretAsync(client.Id);
        await storage.Clients.RemoveAsync(client.Id);

        var told = await storage.Get<UserEventStore>().ListAsync(
            ada, [AuditKinds.ClientCreated, AuditKinds.ClientChanged, AuditKinds.ClientStatusChanged, AuditKinds.ClientSecretReset, AuditKinds.ClientRemoved]);

        Assert.Equal(
            [(AuditKinds.ClientRemoved, false), (AuditKinds.ClientSecretReset, false), (AuditKinds.ClientStatusChanged, false), (AuditKinds.ClientChanged, true), (AuditKinds.ClientCreated, true)],
            told.Select(e => (e.Kind, e.ActorId == ada)));
        Assert.All(told, e => Assert.Equal(e.ActorId is null ? ada : null, e.UserId));
        Assert.Empty(await storage.Get<UserEventStore>().ListAsync(bob, [AuditKinds.ClientCreated]));
    }

    [Fact]
    public async Task Keys_and_tokens_leave_events_that_name_them_by_number_alone()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var keys = storage.Get<SshKeyStore>();
        var key = await keys.AddAsync(ada, "a label", "ssh-ed25519 AAAA");
        await keys.RenameAsync(key!.Id, ada, "another label");
        await keys.RemoveAsync(key.Id, ada);
        Assert.False(await keys.RemoveAsync(key.Id, ada));

        var told = await storage.Get<UserEventStore>().ListAsync(ada, [AuditKinds.SshKeyAdded, AuditKinds.SshKeyRenamed, AuditKinds.SshKeyRemoved]);

        Assert.Equal([AuditKinds.SshKeyRemoved, AuditKinds.SshKeyRenamed, AuditKinds.SshKeyAdded], told.Select(e => e.Kind));
        Assert.All(told, e => Assert.Equal(key.Id.ToString(), e.Detail));
    }

    private static Task WriteAsync(TestStorage storage, string kind, Guid? actor, Guid? user, string detail) =>
        storage.Audit.WriteAsync(new AuditEvent { Time = storage.Clock.GetUtcNow(), Kind = kind, ActorId = actor, UserId = user, Detail = detail });
}
