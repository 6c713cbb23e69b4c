using Latchkey.Core.Grants;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Model;
using Latchkey.Storage.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Storage.Tests.Accounts;

public abstract class AccountStoreContract(Engine engine)
{
    [Fact]
    public async Task A_user_gets_a_sortable_id_and_a_small_number_that_is_never_given_again()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var bob = await storage.AddUserAsync("bob");
        Assert.Equal((1, 2), ((await storage.Accounts.FindAsync(ada))!.Uid, (await storage.Accounts.FindAsync(bob))!.Uid));

        await storage.Accounts.DeleteAsync(bob);
        var eve = await storage.AddUserAsync("eve");

        Assert.Equal(3, (await storage.Accounts.FindAsync(eve))!.Uid);
        Assert.Equal(7, ada.Version);
        Assert.Equal(["ada", "eve"], (await storage.Accounts.ListAsync()).Select(u => u.UserName));
    }

    [Fact]
    public async Task A_profile_says_who_a_user_is()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var result = await storage.Accounts.CreateAsync(new NewAccount("Ada", "ada@example.org", Admin: true), TestStorage.Password);

        var profile = await storage.Accounts.FindAsync(result.User!.Id);

        Assert.Equal(profile, await storage.Accounts.FindByNameAsync("aDA"));
        Assert.Equal(
            ("Ada", "ada@example.org", true, false, "UTC", storage.Clock.GetUtcNow()),
            (profile!.UserName, profile.Email, profile.Admin, profile.Disabled, profile.Timezone, profile.CreatedAt));
        Assert.Null(await storage.Accounts.FindByNameAsync("nobody"));
        Assert.Null(await storage.Accounts.FindAsync(Guid.Empty));
    }

    [Fact]
    public async Task Two_requests_at_once_cannot_take_one_name()
    {
        await using var storage = await TestStorage.CreateAsync(engine);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            storage.Accounts.CreateAsync(new NewAccount("ada", $"ada{i % 2}@example.org"), TestStorage.Password))));

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.NotEmpty(r.Problems));
    }

    [Theory, Spec("LG-11"), Spec("LG-10")]
    [InlineData("short", false)]
    [InlineData("password123", false)]
    [InlineData("PASSWORD123!", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("ada@example.org", false)]
    [InlineData("only lower case", true)]
    public async Task A_password_is_judged_by_length_and_by_being_guessed_first(string password, bool good)
    {
        await using var storage = await TestStorage.CreateAsync(engine);

        var result = await storage.Accounts.CreateAsync(new NewAccount("ada", "ada@example.org"), password);

        Assert.Equal(good, result.Succeeded);
    }

    [Fact, Spec("LG-10")]
    public async Task A_password_of_128_characters_counts_to_its_last_and_a_longer_one_is_refused()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var password = string.Concat(Enumerable.Range(0, 128).Select(i => (char)('a' + (i % 26))));
        Assert.False((await storage.Accounts.CreateAsync(new NewAccount("bob", "b@example.org"), password + "x")).Succeeded);

        var user = (await storage.Accounts.CreateAsync(new NewAccount("ada", "a@example.org"), password)).User!;

        Assert.True(await ChecksAsync(storage, user.Id, password));
        Assert.False(await ChecksAsync(storage, user.Id, password[..^1] + "!"));
    }

    [Fact, Spec("LG-09")]
    public void Passwords_are_hashed_at_todays_cost()
    {
        using var services = new ServiceCollection().AddLatchkeyStorage(o => o.DataDirectory = "unused").BuildServiceProvider();
        var hasher = services.GetRequiredService<IPasswordHasher<User>>();

        var hash = Convert.FromBase64String(hasher.HashPassword(new User(), "x"));

        // Identity's third format: a marker, then the function (2 is HMAC-SHA512) and the rounds, big-endian.
        Assert.Equal(1, hash[0]);
        Assert.Equal(2u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)));
        Assert.True(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)) >= 210_000);
    }

    [Fact, Spec("RV-09"), Spec("TK-41")]
    public async Task Disabling_ends_every_session_and_grant_and_enabling_brings_none_back()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var bob = await storage.AddUserAsync("bob");
        var client = await storage.AddClientAsync();
        var app = await storage.InsertAsync(ada, client.Id);
        var personal = await storage.InsertAsync(ada, client: null);
        var untouched = await storage.InsertAsync(bob, client.Id);
        var session = await BeginAsync(storage, ada);

        Assert.True(await storage.Accounts.DisableAsync(ada));
        Assert.True((await storage.Accounts.FindAsync(ada))!.Disabled);
        Assert.True(await storage.Accounts.EnableAsync(ada));

        Assert.False((await storage.Accounts.FindAsync(ada))!.Disabled);
        Assert.Equal(RevocationReason.UserEnded, (await storage.ReadAsync(app.Id)).RevokedWhy);
        Assert.Equal(RevocationReason.UserEnded, (await storage.ReadAsync(personal.Id)).RevokedWhy);
        Assert.Equal(untouched, await storage.ReadAsync(untouched.Id));
        Assert.Null(await storage.Sessions.FindAsync(session));
        Assert.False(await storage.Accounts.DisableAsync(Guid.Empty));
        Assert.False(await storage.Accounts.EnableAsync(Guid.Empty));
    }

    [Fact]
    public async Task When_the_grants_cannot_be_ended_the_user_is_not_disabled_either()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var user = await storage.AddUserAsync();
        await storage.InsertAsync(user, client: null);
        var session = await BeginAsync(storage, user);
        storage.BreakGrantUpdates();

        await Assert.ThrowsAnyAsync<Exception>(() => storage.Accounts.DisableAsync(user));

        Assert.False((await storage.Accounts.FindAsync(user))!.Disabled);
        Assert.NotNull(await storage.Sessions.FindAsync(session));
    }

    [Fact]
    public async Task A_login_under_way_cannot_undo_a_disabling()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var id = await storage.AddUserAsync();
        await using var scope = storage.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var loaded = (await users.FindByIdAsync(id.ToString()))!;

        await storage.Accounts.DisableAsync(id);
        var saved = await users.AccessFailedAsync(loaded);

        Assert.False(saved.Succeeded);
        Assert.True((await storage.Accounts.FindAsync(id))!.Disabled);
    }

    [Fact, Spec("ST-08"), Spec("RV-09")]
    public async Task Deleting_erases_the_user_and_their_clients_and_ends_the_grants()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var bob = await storage.AddUserAsync("bob");
        var adas = (await storage.Clients.AddAsync(new NewClient { Label = "Ada's", Trusted = true, OwnerId = ada })).Client;
        var client = await storage.AddClientAsync();
        await storage.Consents.RecordAsync(ada, client.Id, TestStorage.Place, Protocol.ScopeSet.Everything);
        var own = await storage.InsertAsync(ada, client.Id);
        var others = await storage.InsertAsync(bob, adas.Id);
        await BeginAsync(storage, ada);

        Assert.True(await storage.Accounts.DeleteAsync(ada));
        Assert.False(await storage.Accounts.DeleteAsync(ada));

        Assert.Equal(RevocationReason.UserEnded, (await storage.ReadAsync(own.Id)).RevokedWhy);
        Assert.Equal(RevocationReason.ClientEnded, (await storage.ReadAsync(others.Id)).RevokedWhy);
        Assert.Null(await storage.Clients.FindAsync(adas.Id));
        Assert.Equal(0, storage.Number("SELECT (SELECT count(*) FROM consents) + (SELECT count(*) FROM sessions)"));
        Assert.Equal(0, storage.Number("SELECT count(*) FROM users WHERE user_name = 'ada'"));
    }

    [Fact, Spec("LG-01"), Spec("LG-05")]
    public async Task Ten_misses_lock_the_account_for_ten_minutes()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var id = await storage.AddUserAsync();
        for (var i = 0; i < 9; i++)
        {
            await MissAsync(storage, id);
        }

        Assert.False(await IsLockedAsync(storage, id));
        await MissAsync(storage, id);

        Assert.True(await IsLockedAsync(storage, id));
        storage.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True(await IsLockedAsync(storage, id));
        storage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await IsLockedAsync(storage, id));
        await MissAsync(storage, id);
        Assert.False(await IsLockedAsync(storage, id));
    }

    [Fact]
    public async Task A_password_reset_by_an_operator_unlocks_and_ends_every_session()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var id = await storage.AddUserAsync();
        var session = await BeginAsync(storage, id);
        for (var i = 0; i < 10; i++)
        {
            await MissAsync(storage, id);
        }

        Assert.False((await storage.Accounts.ResetPasswordAsync(id, "short")).Succeeded);
        Assert.NotNull(await storage.Sessions.FindAsync(session));
        Assert.True((await storage.Accounts.ResetPasswordAsync(id, "another fine password")).Succeeded);

        Assert.False(await IsLockedAsync(storage, id));
        Assert.Null(await storage.Sessions.FindAsync(session));
        Assert.True(await ChecksAsync(storage, id, "another fine password"));
        Assert.False(await ChecksAsync(storage, id, TestStorage.Password));
        Assert.False((await storage.Accounts.ResetPasswordAsync(Guid.Empty, "another fine password")).Succeeded);
    }

    [Fact]
    public async Task Identity_takes_its_turn_with_the_other_writes()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var id = await storage.AddUserAsync();
        var miss = Task.FromResult(false);

        await storage.Writes.RunAsync(async (_, ct) =>
        {
            using (ExecutionContext.SuppressFlow())
            {
                miss = Task.Run(() => MissAsync(storage, id), ct);
            }

            // Long enough for it to arrive at the gate; that it does not pass is what is seen below.
            while (!storage.SomebodyWaits)
            {
                await Task.Yield();
            }

            Assert.False(miss.IsCompleted);
        });

        await miss;
        Assert.Equal(1, storage.Number("SELECT access_failed_count FROM users"));
    }

    private static async Task<SessionKey> BeginAsync(TestStorage storage, Guid user) => (await storage.Sessions.CreateAsync(
        new NewSession(Guid.CreateVersion7(storage.Clock.GetUtcNow()), user, storage.Clock.GetUtcNow().AddDays(1))))!;

    private static Task<bool> ChecksAsync(TestStorage storage, Guid id, string password) =>
        WithUserAsync(storage, id, (users, user) => users.CheckPasswordAsync(user, password));

    private static Task<bool> IsLockedAsync(TestStorage storage, Guid id) =>
        WithUserAsync(storage, id, (users, user) => users.IsLockedOutAsync(user));

    private static Task<bool> MissAsync(TestStorage storage, Guid id) =>
        WithUserAsync(storage, id, async (users, user) => (await users.AccessFailedAsync(user)).Succeeded);

    private static async Task<bool> WithUserAsync(TestStorage storage, Guid id, Func<UserManager<User>, User, Task<bool>> act)
    {
        await using var scope = storage.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        return await act(users, (await users.FindByIdAsync(id.ToString()))!);
    }
}
