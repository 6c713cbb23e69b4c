using CsCheck;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Tokens;

/// <summary>The text of a token, seen from outside: what is sealed, and what opens.</summary>
public sealed class TokenFormatTests
{
    private static readonly KeyRing Ring = TokenGen.Ring();
    private static readonly TokenContent Refresh = new(TokenKind.Refresh, TokenGen.Id(1), 7, TokenGen.Now.AddDays(30));
    private static readonly TokenContent Narrow = new(TokenKind.Access, TokenGen.Id(1), 7, TokenGen.Now.AddHours(2), ScopeSet.Parse("linodes:read_only"));

    [Fact]
    public void What_was_sealed_comes_back_whole() => TokenGen.Content.Sample(content =>
        Ring.TryOpen(Ring.Seal(content, TokenGen.Now), content.Kind, out var opened) && opened == content);

    [Fact]
    [Spec("TK-37")]
    public void The_same_content_is_the_same_text() => TokenGen.Content.Sample(content =>
        Ring.Seal(content, TokenGen.Now) == TokenGen.Ring().Seal(content, TokenGen.Now));

    [Fact]
    public void Different_contents_are_different_texts() => Gen.Select(TokenGen.Content, TokenGen.Content).Sample((a, b) =>
        (a == b) == (Ring.Seal(a, TokenGen.Now) == Ring.Seal(b, TokenGen.Now)));

    [Fact]
    public void A_token_of_one_kind_never_opens_as_another() => TokenGen.Content.Sample(content =>
        Enum.GetValues<TokenKind>().Where(kind => Ring.TryOpen(Ring.Seal(content, TokenGen.Now), kind, out _)).SequenceEqual([content.Kind]));

    [Theory]
    [InlineData(TokenKind.AuthorizationCode, "lkc")]
    [InlineData(TokenKind.Access, "lka")]
    [InlineData(TokenKind.Refresh, "lkr")]
    [InlineData(TokenKind.Personal, "lkp")]
    public void A_token_starts_with_the_letters_of_its_kind_and_no_other_letters_open_it(TokenKind kind, string prefix)
    {
        var text = Ring.Seal(Refresh with { Kind = kind }, TokenGen.Now);

        Assert.StartsWith(prefix, text);
        Assert.All(
            new[] { "lkc", "lka", "lkr", "lkp", "lkd", "abc" }.Where(p => p != prefix),
            other => Assert.Equal(TokenOpening.Malformed, Ring.Open(other + text[3..], out _)));
    }

    [Fact]
    public void Linodes_clients_find_a_token_by_lower_case_letters_and_digits() => TokenGen.Content.Sample(content =>
        Ring.Seal(content, TokenGen.Now).All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9')));

    [Fact]
    public void A_ceiling_of_nothing_is_not_the_absence_of_a_ceiling()
    {
        Assert.True(Ring.TryOpen(Ring.Seal(Narrow with { Ceiling = ScopeSet.Empty }, TokenGen.Now), out var nothing));
        Assert.True(Ring.TryOpen(Ring.Seal(Narrow with { Ceiling = null }, TokenGen.Now), out var none));

        Assert.Equal(ScopeSet.Empty, nothing.Ceiling);
        Assert.Null(none.Ceiling);
    }

    [Fact]
    public void Every_change_of_one_character_is_refused()
    {
        foreach (var text in new[] { Ring.Seal(Refresh, TokenGen.Now), Ring.Seal(Narrow, TokenGen.Now) })
        {
            for (var i = 0; i < text.Length; i++)
            {
                foreach (var c in "0123456789abcdefghijklmnopqrstuvwxyzABCDEF-_=+/ \0\n\u0660\uff10".Where(c => c != text[i]))
                {
                    Assert.False(Ring.TryOpen(string.Concat(text.AsSpan(0, i), [c], text.AsSpan(i + 1)), out _), $"{c} at {i}");
                }
            }
        }
    }

    [Fact]
    public void Every_truncation_and_extension_is_refused()
    {
        foreach (var text in new[] { Ring.Seal(Refresh, TokenGen.Now), Ring.Seal(Narrow, TokenGen.Now) })
        {
            Assert.All(Enumerable.Range(0, text.Length), length => Assert.False(Ring.TryOpen(text[..length], out _)));
            Assert.All(Enumerable.Range(1, text.Length - 1), start => Assert.False(Ring.TryOpen(text[start..], out _)));
            Assert.All(
                new[] { "0", "00", "3d", "3d00", " ", "\n", "\0", text },
                more => Assert.False(Ring.TryOpen(text + more, out _) || Ring.TryOpen(more + text, out _)));
        }
    }

    [Fact]
    public void Upper_case_does_not_make_a_second_text_of_a_token()
    {
        var text = Ring.Seal(Refresh, TokenGen.Now);

        Assert.False(Ring.TryOpen(text.ToUpperInvariant(), out _));
        Assert.False(Ring.TryOpen("lkr" + text[3..].ToUpperInvariant(), out _));
        Assert.False(Ring.TryOpen("LKR" + text[3..], out _));
    }

    [Fact]
    public void A_text_that_is_no_token_is_refused()
    {
        string?[] worthless =
        [
            null, "", "lkr", "lka0", "lka00", "Bearer", "lka" + new string('0', 100), "lkr" + new string('f', 100), new string('a', 64),
            "\ud800", "lka\ud800", new string('\0', 103), "lka-" + new string('0', 99), "lka" + new string('\u0660', 100),
        ];

        Assert.All(worthless, text => Assert.Equal(TokenOpening.Malformed, Ring.Open(text, out _)));
    }

    [Fact]
    [Spec("IN-03")]
    [Spec("XI-14")]
    public void A_megabyte_is_refused_unread()
    {
        var text = "lka" + new string('0', 1_000_000);
        Ring.TryOpen(text, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var opened = Ring.TryOpen(text, out _);

        Assert.False(opened);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void The_longest_ceiling_opens_again_and_a_longer_one_is_not_sealed()
    {
        var longest = ScopeSet.Parse(Words(2047));
        Assert.Equal(2047, longest.ToString().Length);

        var text = Ring.Seal(Narrow with { Ceiling = longest }, TokenGen.Now);

        Assert.True(Ring.TryOpen(text, TokenKind.Access, out var opened));
        Assert.Equal(longest, opened.Ceiling);
        Assert.Throws<ArgumentException>(() => Ring.Seal(Narrow with { Ceiling = ScopeSet.Parse(Words(2048)) }, TokenGen.Now));
        Assert.Throws<ArgumentException>(() => Ring.Seal(Narrow with { Ceiling = ScopeSet.Parse(Words(4_000_000)) }, TokenGen.Now));
    }

    [Theory]
    [InlineData("2106-02-07T06:28:16Z")]    // the first second that 32 bits do not hold
    [InlineData("9999-12-31T23:59:59Z")]
    public void An_end_too_far_away_to_write_is_the_last_one_that_can_be_written(string end)
    {
        Assert.True(Ring.TryOpen(Ring.Seal(Refresh with { ExpiresAt = DateTimeOffset.Parse(end) }, TokenGen.Now), out var opened));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(uint.MaxValue), opened.ExpiresAt);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]    // written as it stands, it would read as no end at all
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void An_end_before_the_epoch_stays_an_end_that_is_past(string end)
    {
        Assert.True(Ring.TryOpen(Ring.Seal(Refresh with { ExpiresAt = DateTimeOffset.Parse(end) }, TokenGen.Now), out var opened));
        Assert.True(opened.IsExpired(TokenGen.Now));
    }

    [Fact]
    public void An_end_inside_a_second_is_never_written_later_than_it_is()
    {
        var end = TokenGen.Now.AddMilliseconds(900);

        Assert.True(Ring.TryOpen(Ring.Seal(Refresh with { ExpiresAt = end }, TokenGen.Now), out var opened));
        Assert.True(opened.IsExpired(end));
    }

    [Fact]
    public void A_token_is_expired_from_its_end_on()
    {
        var token = Refresh with { ExpiresAt = TokenGen.Now };

        Assert.False(token.IsExpired(TokenGen.Now.AddTicks(-1)));
        Assert.True(token.IsExpired(TokenGen.Now));
        Assert.False((token with { ExpiresAt = null }).IsExpired(DateTimeOffset.MaxValue));
    }

    [Fact]
    [Spec("AZ-52")]
    public void Ten_thousand_tokens_share_nothing_but_the_letters_of_their_kind()
    {
        var texts = Enumerable.Range(0, 10_000)
            .Select(n => Ring.Seal(Refresh with { Kind = TokenKind.AuthorizationCode, GrantId = TokenGen.Id(n) }, TokenGen.Now))
            .Order(StringComparer.Ordinal).ToList();

        Assert.Equal(10_000, texts.Distinct().Count());
        Assert.NotEqual(texts[0][3], texts[^1][3]);
        // Of 10,000 random texts the two closest share six or seven hex digits; neighbours in the order are the closest.
        Assert.All(texts.Zip(texts.Skip(1)), pair => Assert.NotEqual(pair.First[..15], pair.Second[..15]));
    }

    [Fact]
    [Spec("AZ-52")]
    public void The_forty_digits_of_the_seal_look_random()
    {
        var counts = new int[40, 16];
        const int tokens = 10_000;
        for (var n = 0; n < tokens; n++)
        {
            var text = Ring.Seal(Refresh with { GrantId = TokenGen.Id(n) }, TokenGen.Now);
            for (var position = 0; position < 40; position++)
            {
                counts[position, Convert.ToInt32(text.Substring(3 + position, 1), 16)]++;
            }
        }

        const double expected = tokens / 16.0;
        var total = 0.0;
        for (var position = 0; position < 40; position++)
        {
            var chiSquare = Enumerable.Range(0, 16).Sum(digit => Math.Pow(counts[position, digit] - expected, 2) / expected);
            Assert.True(chiSquare < 45, $"position {position}: {chiSquare}");   // 15 degrees of freedom: one in 14,000
            total += chiSquare;
        }

        Assert.InRange(total, 450, 760);                                       // 600 degrees of freedom, ±4.5 deviations
    }

    // Scope tokens that mean only themselves, in canonical order, in a text of exactly this length.
    private static string Words(int length)
    {
        var text = string.Join(' ', Enumerable.Range(0, (length / 20) + 1).Select(n => $"F{n:d18}"));
        text = text[..length];
        return text.EndsWith(' ') ? text[..^1] + "z" : text;
    }
}
