namespace Latchkey.Protocol.Tests.Scopes;

public sealed class ScopeSetTests
{
    [Theory]
    [InlineData("linodes:*", "linodes:read_write", true)]
    [InlineData("linodes:read_write", "linodes:read_only", true)]
    [InlineData("linodes:read_only", "linodes:read_write", false)]
    [InlineData("linodes:read_write", "linodes:*", false)]
    [InlineData("linodes", "linodes:*", true)]               // a bare family is all of it
    [InlineData("linodes:*", "domains:read_only", false)]
    [InlineData("*", "linodes:* domains:*", true)]
    [InlineData("*", "shops:read_write", true)]              // a family this library has no name for
    [InlineData("*", "openid", false)]                       // who you are is not a resource
    [InlineData("*", "offline_access", false)]
    [InlineData("*", "urn:example:x", false)]                // an opaque scope means only itself
    [InlineData("* openid", "openid linodes:*", true)]
    [InlineData("linodes:* domains:*", "*", false)]          // tomorrow's families too are in *
    [InlineData("shops:read_write", "shops:read_only", true)]
    [InlineData("urn:example:x", "urn:example:x", true)]
    [InlineData("urn:example:x", "urn:example", false)]
    [InlineData("openid", "profile", false)]
    [InlineData("", "", true)]
    public void A_set_covers_what_it_reaches(string held, string needed, bool covers) =>
        Assert.Equal(covers, ScopeSet.Parse(held).Covers(ScopeSet.Parse(needed)));

    [Theory]
    [InlineData("linodes:read_only,domains:read_write", "domains:read_write linodes:read_only")]
    [InlineData("linodes:read_only, domains:read_write", "domains:read_write linodes:read_only")]
    [InlineData("  linodes:read_only  ,, ", "linodes:read_only")]
    [InlineData("linodes:read_only linodes:read_write", "linodes:read_write")]   // the wider one stays
    [InlineData("linodes:* * openid", "openid *")]                               // nothing above * to say of a family
    [InlineData("shops:read_only *", "*")]
    [InlineData("urn:example:x * openid", "openid * urn:example:x")]
    [InlineData("zebras:view mice", "mice:* zebras:read_only")]
    [InlineData("vpc:read_only shops:read_only account:read_only", "account:read_only shops:read_only vpc:read_only")]
    [InlineData("email profile openid offline_access", "openid profile email offline_access")]
    [InlineData("linodes:view", "linodes:read_only")]                            // levels of Linode's old tokens
    [InlineData("linodes:create", "linodes:read_write")]
    [InlineData("linodes:modify,linodes:delete", "linodes:read_write")]
    [InlineData("linodes:reboot", "linodes:reboot")]                             // no level we know: kept as it came
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData(null, "")]
    public void Text_is_read_with_spaces_or_commas_and_written_in_canonical_order(string? text, string canonical)
    {
        Assert.True(ScopeSet.TryParse(text, out var scopes));
        Assert.Equal(canonical, scopes.ToString());
    }

    [Theory]
    [InlineData("linodes:read_only\tdomains:read_only")]
    [InlineData("linodes:read_only\n")]
    [InlineData("say\"hi")]
    [InlineData("back\\slash")]
    [InlineData("caf\u00e9")]
    [InlineData("del\u007f")]
    [InlineData("nul\0")]
    [Spec("RFC6749-3.3"), Spec("AZ-40")]
    public void Text_with_a_character_no_scope_may_hold_is_refused(string text)
    {
        Assert.False(ScopeSet.TryParse(text, out var scopes));
        Assert.True(scopes.IsEmpty);
        Assert.DoesNotContain(text, Assert.Throws<FormatException>(() => ScopeSet.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linodes:read_write", "linodes:read_only domains:*", "linodes:read_only")]
    [InlineData("*", "linodes:read_only openid", "linodes:read_only")]
    [InlineData("* openid", "linodes:read_only openid", "openid linodes:read_only")]
    [InlineData("shops:*", "shops:read_only", "shops:read_only")]
    [InlineData("urn:example:x *", "urn:example:x shops:read_only", "shops:read_only urn:example:x")]
    [InlineData("*", "*", "*")]
    public void The_intersection_keeps_the_lower_level(string left, string right, string both) =>
        Assert.Equal(both, ScopeSet.Parse(left).Intersect(ScopeSet.Parse(right)).ToString());

    [Theory]
    [InlineData("linodes:read_write domains:read_only", "linodes:read_only domains:read_only", "linodes:read_write")]
    [InlineData("openid linodes:read_only", "*", "openid")]
    [InlineData("*", "linodes:*", "*")]
    [InlineData("shops:read_write", "shops:read_only", "shops:read_write")]
    public void Except_says_what_an_app_asks_for_anew(string asked, string granted, string anew) =>
        Assert.Equal(anew, ScopeSet.Parse(asked).Except(ScopeSet.Parse(granted)).ToString());

    [Fact]
    [Spec("RFC6749-6"), Spec("TK-36")]
    public void Narrow_gives_what_was_asked_or_nothing()
    {
        var grant = ScopeSet.Parse("linodes:read_write");

        Assert.Equal("linodes:read_only", grant.Narrow(ScopeSet.Parse("linodes:read_only"))?.ToString());
        Assert.Null(grant.Narrow(ScopeSet.Parse("linodes:read_only domains:read_only")));
        Assert.Equal("", grant.Narrow(ScopeSet.Empty)?.ToString());
    }

    [Theory]
    [InlineData("*", "linodes", ScopeLevel.All)]
    [InlineData("*", "shops", ScopeLevel.All)]
    [InlineData("* openid", "openid", ScopeLevel.None)]      // not a family
    [InlineData("*", "Linodes", ScopeLevel.None)]
    [InlineData("linodes:read_only", "linodes", ScopeLevel.ReadOnly)]
    [InlineData("linodes:read_write", "linodes", ScopeLevel.ReadWrite)]
    [InlineData("linodes", "linodes", ScopeLevel.All)]
    [InlineData("shops:read_write", "shops", ScopeLevel.ReadWrite)]
    [InlineData("shops:read_write", "linodes", ScopeLevel.None)]
    [InlineData("urn:example:x", "urn:example:x", ScopeLevel.None)]
    public void The_level_in_a_family_is_told(string held, string family, ScopeLevel level) =>
        Assert.Equal(level, ScopeSet.Parse(held).LevelOf(family));

    [Fact]
    public void The_default_value_is_the_empty_set()
    {
        ScopeSet nothing = default;

        Assert.True(nothing.IsEmpty);
        Assert.Equal(ScopeSet.Empty, nothing);
        Assert.Equal(ScopeSet.Parse(""), nothing);
        Assert.Equal("", nothing.ToString());
        Assert.Empty(nothing);
        Assert.False(nothing.Covers(ScopeSet.Parse("linodes:read_only")));
        Assert.False(nothing.IsEverything);
        Assert.Equal(ScopeLevel.None, nothing.LevelOf("linodes"));
        Assert.Equal(nothing.GetHashCode(), ScopeSet.Create().GetHashCode());
    }

    [Fact]
    public void A_set_is_written_as_a_collection_or_as_one_scope()
    {
        ScopeSet two = [Scope.Of("linodes", ScopeLevel.ReadOnly), Scope.Parse("openid")];
        ScopeSet one = Scope.Everything;

        Assert.Equal("openid linodes:read_only", two.ToString());
        Assert.True(one.IsEverything);
        Assert.Equal(ScopeSet.Everything, one);
    }

    [Fact]
    public void A_null_scope_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentNullException>(() => ScopeSet.Create(null!, Scope.Everything));
}
