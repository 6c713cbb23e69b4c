using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.PersonalTokens;

namespace Latchkey.Storage.Tests.PersonalTokens;

public abstract class PersonalTokenStoreContract(Engine engine)
{
    private static readonly PersonalAccessToken Token = new("lkp0123456789abcdef0123456789abcdef");

    [Fact]
    public async Task A_token_is_a_grant_and_a_line_that_shows_its_first_characters()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        var grant = Active(storage, user);

        var token = await storage.PersonalTokens.CreateAsync(grant, "CI", Token);

        Assert.Equal(token, Assert.Single(await storage.PersonalTokens.ListAsync(user)));
        Assert.Equal(("CI", "lkp0123456789abc", grant.Scopes), (token!.Label, token.FirstCharacters, token.Scopes));
        Assert.Equal(grant, await storage.ReadAsync(grant.Id));
    }

    [Fact, Spec("RV-09")]
    public async Task Revoking_ends_the_grant_and_takes_the_line_away_for_its_owner_only()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var bob = await storage.AddUserAsync("bob");
        var token = (await storage.PersonalTokens.CreateAsync(Active(storage, ada), "CI", Token))!;

        Assert.False(await storage.PersonalTokens.RevokeAsync(token.Id, bob));
        Assert.True(await storage.PersonalTokens.RevokeAsync(token.Id, ada));
        Assert.False(await storage.PersonalTokens.RevokeAsync(token.Id, ada));

        Assert.Equal(RevocationReason.UserRequest, (await storage.ReadAsync(token.GrantId)).RevokedWhy);
        Assert.Empty(await storage.PersonalTokens.ListAsync(ada));
    }

    [Fact]
    public async Task A_disabled_user_gets_none_and_no_grant_is_left_behind()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        await storage.Accounts.DisableAsync(user);

        Assert.Null(await storage.PersonalTokens.CreateAsync(Active(storage, user), "CI", Token));
        Assert.Equal(0, storage.Number("SELECT count(*) FROM grants"));
    }

    [Fact]
    public async Task A_grant_with_a_client_is_no_personal_token()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => storage.PersonalTokens.CreateAsync(storage.NewGrant(user, "x"), "CI", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => storage.PersonalTokens.CreateAsync(storage.NewGrant(user, null), "CI", Token));
    }

    [Fact]
    public async Task Of_fifty_made_at_once_their_owner_keeps_no_more_than_they_may_and_the_operator_is_not_held_up()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var (ada, bob) = (await storage.AddUserAsync(), await storage.AddUserAsync("bob"));
        await storage.PersonalTokens.CreateOwnAsync(Active(storage, bob), "CI", Token, most: 1);

        var made = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => storage.PersonalTokens.CreateOwnAsync(Active(storage, ada), "CI", Token, most: 3))));

        Assert.Equal(3, made.Count(t => t is not null));
        Assert.Equal(3, (await storage.PersonalTokens.ListAsync(ada)).Count);
        Assert.Equal(4, storage.Number("SELECT count(*) FROM grants"));
        Assert.NotNull(await storage.PersonalTokens.CreateAsync(Active(storage, ada), "CI", Token));
    }

    [Fact]
    public async Task A_token_that_fifty_revoke_at_once_ends_once()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var token = (await storage.PersonalTokens.CreateOwnAsync(Active(storage, ada), "CI", Token, most: 1))!;

        var ended = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => storage.PersonalTokens.RevokeAsync(token.Id, ada))));

        Assert.Single(ended, e => e);
        Assert.Single(await storage.Audit.ListAsync(), e => e.Kind == AuditKinds.PersonalTokenRevoked);
    }

    [Fact]
    public async Task The_audit_log_tells_the_operator_from_the_owner()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var own = (await storage.PersonalTokens.CreateOwnAsync(Active(storage, ada), "CI", Token, most: 1))!;
        var given = (await storage.PersonalTokens.CreateAsync(Active(storage, ada), "CI", Token))!;

        Assert.True(await storage.PersonalTokens.RevokeAsync(own.Id, ada));
        Assert.True(await storage.PersonalTokens.RevokeAsync(given.Id));
        Assert.False(await storage.PersonalTokens.RevokeAsync(given.Id));

        Guid? nobody = null, her = ada;
        Assert.Equal(
            [
                (AuditKinds.PersonalTokenRevoked, nobody, her, given.Id.ToString()), (AuditKinds.PersonalTokenRevoked, her, nobody, own.Id.ToString()),
                (AuditKinds.PersonalTokenCreated, nobody, her, given.Id.ToString()), (AuditKinds.PersonalTokenCreated, her, nobody, own.Id.ToString()),
            ],
            (await storage.Audit.ListAsync(4)).Select(e => (e.Kind, e.ActorId, e.UserId, e.Detail)));
        Assert.Equal(RevocationReason.Administrator, (await storage.ReadAsync(given.GrantId)).RevokedWhy);
    }

    private static Grant Active(TestStorage storage, Guid user) => storage.NewGrant(user, client: null) with
    {
        State = GrantState.Active,
        Generation = 1,
        RotatedAt = storage.Clock.GetUtcNow(),
        RedirectUri = null,
        CodeExpiresAt = null,
        Refreshable = false,
        ExpiresAt = storage.Clock.GetUtcNow().AddDays(30),
    };
}
