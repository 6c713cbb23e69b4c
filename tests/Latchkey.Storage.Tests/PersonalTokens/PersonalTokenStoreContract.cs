using Latchkey.Core.Grants;
using Latchkey.Protocol;
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
