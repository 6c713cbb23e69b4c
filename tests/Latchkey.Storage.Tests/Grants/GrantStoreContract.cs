using CsCheck;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;

namespace Latchkey.Storage.Tests.Grants;

/// <summary>What every database must hold; derive once for each.</summary>
[Spec("ST-09")]
public abstract class GrantStoreContract(Engine engine)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_second_insert_of_an_id_changes_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.InsertAsync(await storage.AddUserAsync(), (await storage.AddClientAsync()).Id);

        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Insert(grant with { Nonce = "other" })));

        Assert.Equal(grant, await storage.ReadAsync(grant.Id));
    }

    [Fact, Spec("TK-01")]
    public async Task Redeeming_makes_a_pending_grant_active_in_its_first_generation()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.PendingAsync();
        var now = storage.Clock.GetUtcNow();

        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Day)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now + Day)));

        Assert.Equal(
            grant with { State = GrantState.Active, Generation = 1, RotatedAt = now, ExpiresAt = now + Day },
            await storage.ReadAsync(grant.Id));
    }

    [Fact]
    public async Task A_rotation_from_another_generation_is_not_applied()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.ActiveAsync();
        var later = storage.Clock.GetUtcNow().AddMinutes(1);

        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 0, later)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 2, later)));
        Assert.Equal(grant, await storage.ReadAsync(grant.Id));

        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 1, later)));
        Assert.Equal(grant with { Generation = 2, RotatedAt = later }, await storage.ReadAsync(grant.Id));
    }

    [Fact, Spec("RV-03")]
    public async Task A_revocation_is_applied_once_and_its_first_reason_stays()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.ActiveAsync();
        var now = storage.Clock.GetUtcNow();

        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.RefreshTokenReuse, now)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, now.AddSeconds(1))));

        Assert.Equal(
            grant with { State = GrantState.Revoked, RevokedAt = now, RevokedWhy = RevocationReason.RefreshTokenReuse },
            await storage.ReadAsync(grant.Id));
    }

    [Fact]
    public async Task Nothing_brings_a_revoked_grant_back()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var pending = await storage.PendingAsync();
        var now = storage.Clock.GetUtcNow();
        await storage.Grants.ApplyAsync(new GrantWrite.Revoke(pending.Id, RevocationReason.CodeReplay, now));

        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Redeem(pending.Id, now, now + Day)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Rotate(pending.Id, 0, now)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Insert(pending)));

        Assert.Equal(GrantState.Revoked, (await storage.ReadAsync(pending.Id)).State);
    }

    [Fact, Spec("ST-06")]
    public async Task Only_a_grant_that_stands_as_it_was_seen_is_forgotten()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.ActiveAsync();
        var now = storage.Clock.GetUtcNow();

        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Forget(grant.Id, GrantState.Pending, 0)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Forget(grant.Id, GrantState.Active, 2)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Forget(grant.Id, GrantState.Revoked, 1)));
        Assert.Equal(grant, await storage.ReadAsync(grant.Id));

        await storage.Grants.ApplyAsync(new GrantWrite.Rotate(grant.Id, 1, now));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Forget(grant.Id, GrantState.Active, 1)));
        Assert.True(await storage.Grants.ApplyAsync(new GrantWrite.Forget(grant.Id, GrantState.Active, 2)));
        Assert.Null(await storage.Grants.FindAsync(grant.Id));
    }

    [Fact]
    public async Task A_write_to_no_row_is_not_applied()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var nobody = Guid.CreateVersion7(storage.Clock.GetUtcNow());
        var now = storage.Clock.GetUtcNow();

        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Redeem(nobody, now, now)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Rotate(nobody, 1, now)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Revoke(nobody, RevocationReason.ClientRequest, now)));
        Assert.False(await storage.Grants.ApplyAsync(new GrantWrite.Forget(nobody, GrantState.Pending, 0)));
    }

    [Fact]
    public async Task An_insert_needs_a_user_and_a_client_that_may_act_at_that_moment()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var gone = await storage.AddUserAsync("gone");
        var client = await storage.AddClientAsync();
        var disabled = await storage.AddClientAsync("Disabled");
        await storage.Accounts.DisableAsync(gone);
        await storage.Clients.SetStatusAsync(disabled.Id, Core.Clients.ClientStatus.Disabled);

        Assert.False(await storage.TryInsertAsync(gone, client.Id));
        Assert.False(await storage.TryInsertAsync(user, disabled.Id));
        Assert.False(await storage.TryInsertAsync(user, "0123456789abcdef0123"));
        Assert.False(await storage.TryInsertAsync(Guid.CreateVersion7(storage.Clock.GetUtcNow()), client.Id));
        Assert.True(await storage.TryInsertAsync(user, client.Id));
        Assert.True(await storage.TryInsertAsync(user, client: null));
    }

    [Fact]
    public async Task An_insert_for_a_client_that_is_not_trusted_needs_the_users_consent_at_that_moment()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync(trusted: false);

        Assert.False(await storage.TryInsertAsync(user, client.Id));
        Assert.True(await storage.Consents.RecordAsync(user, client.Id, TestStorage.Place, ScopeSet.Empty));
        Assert.True(await storage.TryInsertAsync(user, client.Id));
        Assert.True(await storage.Consents.WithdrawAsync((await storage.Consents.ListAsync(user)).Single().Id, user));
        Assert.False(await storage.TryInsertAsync(user, client.Id));
    }

    [Fact, Spec("LX-06")]
    public async Task An_audit_event_is_written_with_its_change_and_only_then()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var grant = await storage.ActiveAsync();
        var now = storage.Clock.GetUtcNow();
        var audit = new AuditEvent
        {
            Time = now,
            Kind = AuditKinds.GrantRevoked,
            ActorId = grant.UserId,
            UserId = grant.UserId,
            ClientId = grant.ClientId,
            GrantId = grant.Id,
            Ip = "127.0.0.1",
            Detail = "test",
        };

        await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, now), audit);
        await storage.Grants.ApplyAsync(new GrantWrite.Revoke(grant.Id, RevocationReason.ClientRequest, now), audit);

        var written = Assert.Single(await storage.Audit.ListAsync(), e => e.Kind == AuditKinds.GrantRevoked);
        Assert.Equal(audit, written with { Id = 0 });
    }

    [Fact]
    public async Task Any_sequence_of_writes_leaves_what_a_simple_model_says()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = await storage.AddClientAsync();
        var start = storage.Clock.GetUtcNow();

        // Few grants and many writes, so that they collide; each chunk waits together and so shares a commit.
        var write = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 1000]);
        var chunks = write.List[1, 8].List[1, 8];

        await chunks.SampleAsync(
            async sequence =>
            {
                var ids = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7(start)).ToArray();
                var model = new Dictionary<Guid, Grant>();
                foreach (var chunk in sequence)
                {
                    var writes = chunk.Select(w => WriteOf(storage, user, client.Id, ids[w.Item1], w.Item2, w.Item3, start.AddMilliseconds(w.Item4))).ToList();
                    var tasks = writes.Select(w => storage.Grants.ApplyAsync(w)).ToList();
                    var expected = writes.Select(w => GrantModel.Apply(model, w)).ToList();
                    Assert.Equal(expected, await Task.WhenAll(tasks));
                }

                foreach (var id in ids)
                {
                    Assert.Equal(model.GetValueOrDefault(id), await storage.Grants.FindAsync(id));
                }
            },
            iter: 60);
    }

    private static GrantWrite WriteOf(TestStorage storage, Guid user, string client, Guid id, int kind, int generation, DateTimeOffset at) => kind switch
    {
        0 => new GrantWrite.Insert(storage.NewGrant(user, client) with { Id = id }),
        1 => new GrantWrite.Redeem(id, at, at + Day),
        2 => new GrantWrite.Rotate(id, generation, at),
        3 => new GrantWrite.Forget(id, generation switch { 0 => GrantState.Pending, 3 => GrantState.Revoked, _ => GrantState.Active }, generation % 3),
        _ => new GrantWrite.Revoke(id, (RevocationReason)(generation + 1), at),
    };
}
