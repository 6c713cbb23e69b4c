using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Profiles;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Storage.Tests.Profiles;

public abstract class ProfileStoreContract(Engine engine)
{
    [Fact]
    public async Task A_new_address_counts_as_unproven_and_leaves_the_old_one_free()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var profiles = storage.Get<ProfileStore>();
        var ada = await storage.AddUserAsync();
        Assert.True((await storage.Accounts.FindAsync(ada))!.EmailConfirmed);

        Assert.Equal(ProfileOutcome.Changed, await profiles.ChangeAsync(ada, new ProfileChange(Email: "ada@example.org", Timezone: "US/Eastern")));
        Assert.True((await storage.Accounts.FindAsync(ada))!.EmailConfirmed);
        Assert.Equal(ProfileOutcome.Changed, await profiles.ChangeAsync(ada, new ProfileChange(Email: "new@example.org")));

        var changed = (await storage.Accounts.FindAsync(ada))!;
        Assert.Equal(("new@example.org", false, "US/Eastern"), (changed.Email, changed.EmailConfirmed, changed.Timezone));
        Assert.True((await storage.Accounts.CreateAsync(new NewAccount("bob", "ada@example.org"), TestStorage.Password)).Succeeded);
        Assert.False((await storage.Accounts.CreateAsync(new NewAccount("eve", "NEW@example.org"), TestStorage.Password)).Succeeded);
    }

    [Fact]
    public async Task Anothers_address_is_refused_in_any_case_and_nothing_else_of_the_change_is_kept()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var profiles = storage.Get<ProfileStore>();
        var ada = await storage.AddUserAsync();
        await storage.AddUserAsync("bob");
        var before = await storage.Accounts.FindAsync(ada);
        var events = (await storage.Audit.ListAsync()).Count;

        Assert.Equal(ProfileOutcome.EmailTaken, await profiles.ChangeAsync(ada, new ProfileChange("BOB@example.org", "Asia/Tokyo", false, "disabled", ["k"])));

        Assert.Equal(before, await storage.Accounts.FindAsync(ada));
        Assert.Equal((true, "password_keys", 0), ((await profiles.SettingsAsync(ada)) is var s ? (s.EmailNotifications, s.LishAuthMethod, s.AuthorizedKeys.Count) : default));
        Assert.Equal(events, (await storage.Audit.ListAsync()).Count);
    }

    [Fact]
    public async Task Of_two_who_want_one_address_at_once_one_gets_it()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var profiles = storage.Get<ProfileStore>();
        var users = new[] { await storage.AddUserAsync(), await storage.AddUserAsync("bob"), await storage.AddUserAsync("eve") };

        var outcomes = await Task.WhenAll(users.Select(u => Task.Run(() => profiles.ChangeAsync(u, new ProfileChange(Email: "one@example.org")))));

        Assert.Equal(1, outcomes.Count(o => o == ProfileOutcome.Changed));
        Assert.Equal(2, outcomes.Count(o => o == ProfileOutcome.EmailTaken));
    }

    [Fact]
    public async Task What_was_mailed_to_the_old_address_opens_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var mailed = await WithUserAsync(storage, ada, (users, user) => users.GeneratePasswordResetTokenAsync(user));

        await storage.Get<ProfileStore>().ChangeAsync(ada, new ProfileChange(Email: "new@example.org"));

        Assert.False((await WithUserAsync(storage, ada, (users, user) => users.ResetPasswordAsync(user, mailed, "another fine password"))).Succeeded);
    }

    [Fact]
    public async Task Whoever_loaded_the_user_before_does_not_write_the_old_address_back()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var ada = await storage.AddUserAsync();
        var result = await WithUserAsync(storage, ada, async (users, user) =>
        {
            await storage.Get<ProfileStore>().ChangeAsync(ada, new ProfileChange(Email: "new@example.org"));
            return await users.UpdateAsync(user);
        });

        Assert.False(result.Succeeded);
        Assert.Equal("new@example.org", (await storage.Accounts.FindAsync(ada))!.Email);
    }

    [Fact]
    public async Task Choices_are_kept_and_each_change_leaves_one_event_that_names_it()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var profiles = storage.Get<ProfileStore>();
        var ada = await storage.AddUserAsync();
        var change = new ProfileChange(EmailNotifications: false, LishAuthMethod: "keys_only", AuthorizedKeys: ["one", "two"]);

        await profiles.ChangeAsync(ada, change);
        await profiles.ChangeAsync(ada, change);
        await profiles.ChangeAsync(ada, new ProfileChange());

        var settings = await profiles.SettingsAsync(ada);
        Assert.Equal((false, "keys_only"), (settings.EmailNotifications, settings.LishAuthMethod));
        Assert.Equal(["one", "two"], settings.AuthorizedKeys);
        var happened = Assert.Single(await storage.Audit.ListAsync(), e => e.Kind == AuditKinds.ProfileChanged);
        Assert.Equal("email_notifications, lish_auth_method, authorized_keys", happened.Detail);
        await profiles.ChangeAsync(ada, new ProfileChange(AuthorizedKeys: []));
        Assert.Empty((await profiles.SettingsAsync(ada)).AuthorizedKeys);
    }

    [Fact]
    public async Task Fifty_changes_at_once_leave_one_of_them_and_nothing_of_what_they_did_not_name()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var profiles = storage.Get<ProfileStore>();
        var ada = await storage.AddUserAsync();
        await profiles.ChangeAsync(ada, new ProfileChange(Timezone: "Asia/Tokyo", LishAuthMethod: "keys_only"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
            profiles.ChangeAsync(ada, new ProfileChange(Email: $"ada{i}@example.org", AuthorizedKeys: [$"key {i}"])))));

        Assert.All(outcomes, o => Assert.Equal(ProfileOutcome.Changed, o));
        var user = (await storage.Accounts.FindAsync(ada))!;
        var settings = await profiles.SettingsAsync(ada);
        Assert.Equal(user.Email, $"ada{settings.AuthorizedKeys.Single()["key ".Length..]}@example.org");
        Assert.Equal(("Asia/Tokyo", "keys_only"), (user.Timezone, settings.LishAuthMethod));
        Assert.Equal(51, (await storage.Audit.ListAsync()).Count(e => e.Kind == AuditKinds.ProfileChanged));
    }

    [Fact]
    public async Task Nobody_has_nothing_and_what_a_user_chose_goes_with_them()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var profiles = storage.Get<ProfileStore>();
        var ada = await storage.AddUserAsync();
        Assert.Equal(ProfileOutcome.NoSuchUser, await profiles.ChangeAsync(Guid.CreateVersion7(), new ProfileChange(EmailNotifications: false)));
        await profiles.ChangeAsync(ada, new ProfileChange(EmailNotifications: false));
        Assert.Equal(1, storage.Number("SELECT count(*) FROM user_settings"));

        await storage.Accounts.DeleteAsync(ada);

        Assert.Equal(0, storage.Number("SELECT count(*) FROM user_settings"));
    }

    private static async Task<T> WithUserAsync<T>(TestStorage storage, Guid id, Func<UserManager<User>, User, Task<T>> act)
    {
        await using var scope = storage.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        return await act(users, (await users.FindByIdAsync(id.ToString()))!);
    }
}
