namespace Latchkey.Protocol.Tests.Scopes;

public sealed class ScopeTests
{
    [Fact]
    [Spec("RFC6749-3.3")]
    public void A_scope_holds_the_characters_of_the_grammar_but_no_comma()
    {
        for (var c = '\0'; c < 256; c++)
        {
            // scope-token = 1*( %x21 / %x23-5B / %x5D-7E ); the comma separates scopes in Linode's clients.
            var allowed = c is '\x21' or (>= '\x23' and <= '\x5B') or (>= '\x5D' and <= '\x7E') && c != ',';
            Assert.True(Scope.TryParse($"a{c}b", out var scope) == allowed, $"U+{(int)c:X4}");
            Assert.Equal(allowed ? $"a{c}b" : null, allowed && scope!.Text.EndsWith(":*", StringComparison.Ordinal) ? scope.Family : scope?.Text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("\u202Elinodes")]
    [InlineData("linodes\ud83d\ude00")]
    public void What_is_not_one_token_is_refused(string text)
    {
        Assert.False(Scope.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Scope.Parse(text));
    }

    [Theory]
    [InlineData("linodes", "linodes:*")]
    [InlineData("linodes:*", "linodes:*")]
    [InlineData("linodes:view", "linodes:read_only")]
    [InlineData("linodes:delete", "linodes:read_write")]
    [InlineData("*", "*")]
    [InlineData("openid", "openid")]
    public void Spellings_of_one_scope_are_equal(string text, string canonical)
    {
        Assert.Equal(canonical, Scope.Parse(text).ToString());
        Assert.Equal(Scope.Parse(canonical), Scope.Parse(text));
    }

    [Theory]
    [InlineData("LINODES:read_only")]    // no case folding (XI-09)
    [InlineData("linodes:READ_ONLY")]
    [InlineData("linodes:")]
    [InlineData(":read_only")]
    [InlineData("linodes:read_only:x")]
    [InlineData("*:read_only")]
    [InlineData("openid:*")]
    [InlineData("https://example.org/scope")]
    [Spec("XI-09")]
    public void Any_other_token_means_only_itself(string text)
    {
        var scope = Scope.Parse(text);

        Assert.Equal(text, scope.Text);
        Assert.Equal(text, scope.Family);
        Assert.False(ScopeSet.Everything.Covers(scope));
    }

    [Theory]
    [InlineData("Linodes", ScopeLevel.All)]
    [InlineData("*", ScopeLevel.All)]
    [InlineData("openid", ScopeLevel.All)]
    [InlineData("a:b", ScopeLevel.All)]
    [InlineData("a b", ScopeLevel.All)]
    [InlineData("", ScopeLevel.All)]
    [InlineData("linodes", ScopeLevel.None)]
    [InlineData("linodes", (ScopeLevel)4)]
    [InlineData("linodes", (ScopeLevel)(-1))]
    public void Of_takes_a_family_name_and_a_level(string family, ScopeLevel level) =>
        Assert.Throws<ArgumentException>(() => Scope.Of(family, level));
}
