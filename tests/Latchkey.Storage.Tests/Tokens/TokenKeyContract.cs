using System.Text;
using Latchkey.Core.Tokens;
using Latchkey.Storage.Tokens;
using Microsoft.AspNetCore.DataProtection;

namespace Latchkey.Storage.Tests.Tokens;

public abstract class TokenKeyContract(Engine engine)
{
    [Fact, Spec("ST-01")]
    public async Task A_copy_of_the_database_alone_holds_no_key_that_can_be_read()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var key = Assert.Single(storage.TokenKeys.Load());
        var rotated = await storage.TokenKeys.RotateAsync();

        var copy = await storage.CopyAsync();

        foreach (var material in new[] { key.Material, rotated.Material })
        {
            Assert.DoesNotContain(Encoding.Latin1.GetString(material.Span), copy, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(material.Span), copy, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(material.Span), copy, StringComparison.Ordinal);
        }
    }

    [Fact, Spec("ST-03")]
    public async Task Token_keys_open_under_their_own_purpose_only()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        var row = storage.Get<IPointReads>().TokenKeys().Single();
        var other = storage.Get<IDataProtectionProvider>().CreateProtector("Another purpose");

        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => other.Unprotect(row.Wrapped));
    }

    [Fact]
    public async Task A_rotated_key_waits_until_every_server_has_seen_it_and_the_old_one_stays()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var server = storage.Another();
        var before = server.KeyRing.Current;
        await storage.TokenKeys.RotateAsync();
        var keys = storage.TokenKeys.Load();

        Assert.Equal([1u, 2u], keys.Select(k => k.Id));
        Assert.Equal(storage.Clock.GetUtcNow() + TokenKeyStore.ActivationDelay, keys[1].ActivatedAt);
        Assert.Same(before, server.KeyRing.Current);
        storage.Clock.Advance(TokenKeyStore.ActivationDelay - TimeSpan.FromSeconds(1));
        var after = server.KeyRing.Current;
        Assert.NotSame(before, after);
        var token = after.Seal(Content(storage), keys[1].ActivatedAt);
        Assert.False(before.TryOpen(token, out _));
        Assert.True(after.TryOpen(token, out _));
        Assert.True(after.TryOpen(before.Seal(Content(storage), storage.Clock.GetUtcNow()), out _));
    }

    [Fact]
    public async Task An_unknown_key_makes_the_server_look_at_most_once_a_second()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var server = storage.Another();
        _ = server.KeyRing.Current;
        await storage.TokenKeys.RotateAsync();

        Assert.False(server.KeyRing.Refresh());
        storage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(server.KeyRing.Refresh());
        storage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(server.KeyRing.Refresh());
    }

    [Fact]
    public async Task Data_protection_made_by_one_process_opens_in_another()
    {
        await using var storage = await TestStorage.CreateAsync(engine);
        await using var another = storage.Another();

        var ticket = storage.Get<IDataProtectionProvider>().CreateProtector("ticket").Protect("hello");

        Assert.Equal("hello", another.Get<IDataProtectionProvider>().CreateProtector("ticket").Unprotect(ticket));
    }

    private static TokenContent Content(TestStorage storage)
    {
        var now = storage.Clock.GetUtcNow();
        return new TokenContent(TokenKind.Access, Guid.CreateVersion7(now), Generation: 1, now.AddHours(1));
    }
}
