using System.Text;
using Latchkey.Storage.Sessions;

namespace Latchkey.Storage.Tests.Sessions;

public sealed class SessionStoreTests
{
    [Fact]
    public async Task A_session_is_found_by_its_key_and_by_nothing_in_the_database()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var key = await BeginAsync(storage, user);

        var found = await storage.Sessions.FindAsync(key);

        Assert.Equal(user, found!.UserId);
        Assert.Equal("ada", found.UserName);
        Assert.Equal("127.0.0.1", found.Ip);
        Assert.Null(await storage.Sessions.FindAsync(SessionKey.Generate()));
        await storage.Services.DisposeAsync();
        Assert.DoesNotContain(key.Reveal(), Encoding.Latin1.GetString(await File.ReadAllBytesAsync(storage.File)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_session_is_not_found_and_can_be_cleared_away()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var key = await BeginAsync(storage, user);
        storage.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await storage.Sessions.FindAsync(key));
        Assert.Empty(await storage.Sessions.ListAsync(user));
        Assert.False(await storage.Sessions.RenewAsync(key, storage.Clock.GetUtcNow().AddHours(1)));
        Assert.Equal(1, await storage.Sessions.DeleteExpiredAsync());
        Assert.Equal(0, await storage.Sessions.DeleteExpiredAsync());
    }

    [Fact]
    public async Task Logging_in_clears_away_what_expired_before()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        await BeginAsync(storage, user);
        storage.Clock.Advance(TimeSpan.FromHours(2));
        await BeginAsync(storage, user);

        Assert.Equal(1, storage.Number("SELECT count(*) FROM sessions"));
    }

    [Fact]
    public async Task Renewing_puts_the_end_off_and_never_brings_an_ended_session_back()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var key = await BeginAsync(storage, user);
        storage.Clock.Advance(TimeSpan.FromMinutes(50));

        Assert.True(await storage.Sessions.RenewAsync(key, storage.Clock.GetUtcNow().AddHours(1)));
        storage.Clock.Advance(TimeSpan.FromMinutes(50));
        var found = await storage.Sessions.FindAsync(key);
        Assert.Equal(TimeSpan.FromMinutes(50), found!.LastSeenAt - found.CreatedAt);
        Assert.True(await storage.Sessions.DeleteAsync(key));
        Assert.False(await storage.Sessions.DeleteAsync(key));
        Assert.False(await storage.Sessions.RenewAsync(key, storage.Clock.GetUtcNow().AddHours(1)));
        Assert.Null(await storage.Sessions.FindAsync(key));
    }

    [Fact]
    public async Task A_user_ends_only_their_own_sessions()
    {
        await using var storage = await TestStorage.CreateAsync();
        var ada = await storage.AddUserAsync();
        var bob = await storage.AddUserAsync("bob");
        var key = await BeginAsync(storage, ada);
        var kept = await BeginAsync(storage, ada);
        var bobs = await BeginAsync(storage, bob);
        var session = (await storage.Sessions.FindAsync(key))!;
        var keep = (await storage.Sessions.FindAsync(kept))!;

        Assert.False(await storage.Sessions.DeleteAsync(session.Id, bob));
        Assert.Equal(2, (await storage.Sessions.ListAsync(ada)).Count);
        Assert.Equal(1, await storage.Accounts.EndOtherSessionsAsync(ada, keep.Id));
        Assert.Null(await storage.Sessions.FindAsync(key));
        Assert.NotNull(await storage.Sessions.FindAsync(kept));
        Assert.NotNull(await storage.Sessions.FindAsync(bobs));
        Assert.True(await storage.Sessions.DeleteAsync(keep.Id, ada));
    }

    [Fact]
    public async Task A_disabled_user_gets_no_session()
    {
        await using var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        await storage.Accounts.DisableAsync(user);

        Assert.Null(await storage.Sessions.CreateAsync(
            new NewSession(Guid.CreateVersion7(storage.Clock.GetUtcNow()), user, storage.Clock.GetUtcNow().AddHours(1))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void What_is_not_shaped_like_a_key_is_none(string? text) => Assert.False(SessionKey.TryParse(text, out _));

    [Fact]
    public void A_key_survives_its_text_and_does_not_print()
    {
        var key = SessionKey.Generate();

        Assert.True(SessionKey.TryParse(key.Reveal(), out var parsed));
        Assert.Equal(key.Reveal(), parsed.Reveal());
        Assert.DoesNotContain(key.Reveal(), $"{key}", StringComparison.Ordinal);
    }

    private static async Task<SessionKey> BeginAsync(TestStorage storage, Guid user)
    {
        var now = storage.Clock.GetUtcNow();
        var key = await storage.Sessions.CreateAsync(new NewSession(Guid.CreateVersion7(now), user, now.AddHours(1), "127.0.0.1", "Test"));
        Assert.NotNull(key);
        return key;
    }
}
