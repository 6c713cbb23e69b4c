using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Sessions;

namespace Latchkey.Storage.Tests.Grants;

public abstract class GrantRecallContract(Engine engine)
{
    [Fact, Spec("F-18")]
    public async Task Everything_of_before_is_ended_and_nothing_of_that_moment_or_after_it()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = (await storage.AddClientAsync()).Id;
        var code = await storage.InsertAsync(user, client);
        var active = await RedeemedAsync(storage, user, client);
        var before = await SessionAsync(storage, user);
        storage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var moment = storage.Clock.GetUtcNow();
        var later = await RedeemedAsync(storage, user, client);
        var after = await SessionAsync(storage, user);
        storage.Clock.Advance(TimeSpan.FromMinutes(1));

        var recalled = await storage.Get<GrantRecall>().RecallAsync(moment);

        Assert.Equal(new Recalled(2, 1), recalled);
        foreach (var ended in new[] { code, active })
        {
            var grant = await storage.ReadAsync(ended.Id);
            Assert.Equal((GrantState.Revoked, RevocationReason.Administrator, storage.Clock.GetUtcNow()), (grant.State, grant.RevokedWhy, grant.RevokedAt));
        }

        Assert.Equal(GrantState.Active, (await storage.ReadAsync(later.Id)).State);
        Assert.Null(await storage.Sessions.FindAsync(before));
        Assert.NotNull(await storage.Sessions.FindAsync(after));
        Assert.Equal(new Recalled(0, 0), await storage.Get<GrantRecall>().RecallAsync(moment));
    }

    [Fact, Spec("LX-03")]
    public async Task Each_is_recorded_once_with_its_user_and_client()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = (await storage.AddClientAsync()).Id;
        var living = await RedeemedAsync(storage, user, client);
        var ended = await RedeemedAsync(storage, user, client);
        await storage.Grants.ApplyAsync(new GrantWrite.Revoke(ended.Id, RevocationReason.ClientRequest, storage.Clock.GetUtcNow()));
        await SessionAsync(storage, user);
        storage.Clock.Advance(TimeSpan.FromMinutes(1));

        await storage.Get<GrantRecall>().RecallAsync(storage.Clock.GetUtcNow());

        var events = await storage.Audit.ListAsync();
        var revoked = Assert.Single(events, e => e.Kind == AuditKinds.GrantRevoked);
        Assert.Equal((user, client, living.Id, "issued before 2026-03-01T12:01:00Z"), (revoked.UserId, revoked.ClientId, revoked.GrantId, revoked.Detail));
        Assert.Equal(user, Assert.Single(events, e => e.Kind == AuditKinds.LoggedOut).UserId);
        Assert.Equal(RevocationReason.ClientRequest, (await storage.ReadAsync(ended.Id)).RevokedWhy);
    }

    [Fact]
    public async Task A_personal_token_goes_from_its_owners_list_too()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var now = storage.Clock.GetUtcNow();
        var grant = storage.NewGrant(user, client: null) with
        {
            State = GrantState.Active,
            Generation = 1,
            RotatedAt = now,
            RedirectUri = null,
            CodeExpiresAt = null,
            Refreshable = false,
            ExpiresAt = now.AddDays(30),
        };
        await storage.PersonalTokens.CreateAsync(grant, "CI", new PersonalAccessToken("lkp0123456789abcdef0123456789abcdef"));
        storage.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, (await storage.Get<GrantRecall>().RecallAsync(storage.Clock.GetUtcNow())).Grants);

        Assert.Empty(await storage.PersonalTokens.ListAsync(user));
        Assert.Equal(GrantState.Revoked, (await storage.ReadAsync(grant.Id)).State);
        Assert.Contains(await storage.Audit.ListAsync(), e => e.Kind == AuditKinds.PersonalTokenRevoked && e.GrantId == grant.Id && e.ActorId is null);
    }

    [Fact]
    public async Task More_than_one_batch_is_ended_whole()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var client = (await storage.AddClientAsync()).Id;
        await Task.WhenAll(Enumerable.Range(0, 1203).Select(_ => storage.InsertAsync(user, client)));
        storage.Clock.Advance(TimeSpan.FromMinutes(1));

        var recalled = await storage.Get<GrantRecall>().RecallAsync(storage.Clock.GetUtcNow());

        Assert.Equal(1203, recalled.Grants);
        Assert.Equal(0, storage.Number("SELECT count(*) FROM grants WHERE state <> 2"));
        Assert.Equal(1203, storage.Number("SELECT count(*) FROM audit_events WHERE kind = 'grant.revoked'"));
    }

    private static async Task<Grant> RedeemedAsync(TestStorage storage, Guid user, string client)
    {
        var grant = await storage.InsertAsync(user, client);
        var now = storage.Clock.GetUtcNow();
        await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now.AddDays(1)));
        return grant;
    }

    private static async Task<SessionKey> SessionAsync(TestStorage storage, Guid user)
    {
        var now = storage.Clock.GetUtcNow();
        var key = await storage.Sessions.CreateAsync(new NewSession(Guid.CreateVersion7(now), user, now.AddHours(1)));
        Assert.NotNull(key);
        return key;
    }
}
