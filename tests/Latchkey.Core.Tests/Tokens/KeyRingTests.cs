using Latchkey.Core.Tokens;

namespace Latchkey.Core.Tests.Tokens;

/// <summary>Which key seals, which keys open.</summary>
public sealed class KeyRingTests
{
    private static readonly DateTimeOffset Rotated = TokenGen.Now;
    private static readonly TokenKey Old = TokenGen.Key(1, Rotated.AddDays(-90));
    private static readonly TokenKey New = TokenGen.Key(2, Rotated);
    private static readonly TokenContent Content = new(TokenKind.Access, TokenGen.Id(1), 1, TokenGen.Now.AddHours(2));

    [Theory]
    [InlineData(-1, false)]     // born just before
    [InlineData(0, true)]       // born at the very moment
    [InlineData(1, true)]
    public void The_key_of_a_token_follows_from_the_moment_it_was_born(int milliseconds, bool sealedByNew)
    {
        var text = TokenGen.Ring(Old, New).Seal(Content, Rotated.AddMilliseconds(milliseconds));

        Assert.Equal(sealedByNew, TokenGen.Ring(New).TryOpen(text, out _));
        Assert.Equal(!sealedByNew, TokenGen.Ring(Old).TryOpen(text, out _));
    }

    [Fact]
    public void The_order_in_which_keys_are_given_does_not_matter() =>
        Assert.Equal(TokenGen.Ring(Old, New).Seal(Content, Rotated), TokenGen.Ring(New, Old).Seal(Content, Rotated));

    [Fact]
    [Spec("F-17")]
    public void After_a_rotation_the_tokens_of_the_old_key_still_open()
    {
        var text = TokenGen.Ring(Old).Seal(Content, Rotated.AddMinutes(-5));

        Assert.True(TokenGen.Ring(New, Old).TryOpen(text, TokenKind.Access, out var opened));
        Assert.Equal(Content, opened);
    }

    [Fact]
    [Spec("TK-37")]
    public void A_retry_after_a_rotation_yields_the_bytes_of_before() =>
        Assert.Equal(
            TokenGen.Ring(Old).Seal(Content, Rotated.AddSeconds(-3)),
            TokenGen.Ring(Old, New).Seal(Content, Rotated.AddSeconds(-3)));

    [Fact]
    public void A_clock_behind_the_first_key_still_finds_one()
    {
        var text = TokenGen.Ring(Old, New).Seal(Content, Old.ActivatedAt.AddYears(-1));

        Assert.True(TokenGen.Ring(Old).TryOpen(text, out _));
    }

    [Fact]
    public void Of_two_keys_of_one_moment_every_node_takes_the_same()
    {
        var twin = TokenGen.Key(3, Rotated);

        Assert.Equal(TokenGen.Ring(New, twin).Seal(Content, Rotated), TokenGen.Ring(twin, New).Seal(Content, Rotated));
    }

    [Fact]
    public void A_key_that_the_ring_does_not_hold_is_told_from_a_forgery()
    {
        var text = TokenGen.Ring(New).Seal(Content, Rotated);

        Assert.Equal(TokenOpening.UnknownKey, TokenGen.Ring(Old).Open(text, out var content));
        Assert.Equal(default, content);
        Assert.False(TokenGen.Ring(Old).TryOpen(text, out _));
    }

    [Fact]
    [Spec("ST-03")]
    public void A_key_of_the_same_id_but_other_bytes_opens_nothing()
    {
        var forger = new TokenKey(New.Id, new byte[32], New.ActivatedAt);

        Assert.Equal(TokenOpening.Malformed, TokenGen.Ring(New).Open(TokenGen.Ring(forger).Seal(Content, Rotated), out _));
    }

    [Fact]
    public void A_ring_has_at_least_one_key() => Assert.Throws<ArgumentException>(() => new KeyRing([]));

    [Fact]
    public void Two_keys_of_one_id_are_refused() => Assert.Throws<ArgumentException>(() => new KeyRing([Old, TokenGen.Key(1, Rotated)]));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_has_256_bits(int length) =>
        Assert.Throws<ArgumentException>(() => new KeyRing([new TokenKey(1, new byte[length], Rotated)]));

    [Fact]
    [Spec("LX-01")]
    public void A_key_does_not_print_its_bytes()
    {
        Assert.Equal("TokenKey(2)", New.ToString());
        Assert.Equal("TokenKey(2)", $"{New}");
    }
}
