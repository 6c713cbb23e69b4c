namespace Latchkey.Protocol.Tests.Scopes;

public sealed class ScopeCatalogueTests
{
    [Fact]
    public void Linodes_catalogue_has_its_seventeen_families_in_words()
    {
        string[] expected =
        [
            "account", "child_account", "databases", "domains", "events", "firewall", "images", "ips", "linodes", "lke",
            "longview", "monitor", "nodebalancers", "object_storage", "stackscripts", "volumes", "vpc",
        ];

        Assert.Equal(expected, ScopeCatalogue.Linode.Families.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(ScopeCatalogue.Linode.Families, family =>
        {
            Assert.NotEmpty(family.Title);
            Assert.NotEmpty(family.ReadSentence);
            Assert.NotEqual(family.ReadSentence, family.WriteSentence);
            Assert.Same(family, ScopeCatalogue.Linode.Find(family.Name));
        });
    }

    [Fact]
    public void The_families_with_a_bit_are_the_ones_of_the_catalogue_in_canonical_order()
    {
        Assert.Equal(ScopeCatalogue.Linode.Families.Select(f => f.Name).Order(StringComparer.Ordinal), ScopeFamilies.Names);
        Assert.Equal(Enumerable.Range(0, 17), ScopeFamilies.Names.Select(ScopeFamilies.BitOf));
    }

    [Theory]
    [InlineData("linodes:read_only * openid offline_access", "")]
    [InlineData("linodes:read_only shops:*", "shops:*")]
    [InlineData("urn:example:x openid", "urn:example:x")]
    [InlineData("linodes:reboot", "linodes:reboot")]
    [InlineData("", "")]
    [Spec("AZ-40")]
    public void Unknown_scopes_are_found(string scopes, string unknown) =>
        Assert.Equal(unknown, ScopeCatalogue.Linode.Unknown(ScopeSet.Parse(scopes)).ToString());

    [Theory]
    [InlineData("tokens:read_only", "account:read_only")]
    [InlineData("clients:view users:modify", "account:read_write")]
    [InlineData("tickets managed:read_only", "account:*")]
    [InlineData("tokens:read_write account:read_only linodes:read_only", "account:read_write linodes:read_only")]
    [InlineData("linodes:read_only", "linodes:read_only")]
    [InlineData("tokens:reboot", "tokens:reboot")]
    [InlineData("", "")]
    public void Linodes_legacy_families_are_today_part_of_account(string old, string today) =>
        Assert.Equal(today, ScopeCatalogue.Linode.Modernize(ScopeSet.Parse(old)).ToString());

    [Fact]
    public void A_catalogue_of_ones_own_knows_its_families_and_folds_none()
    {
        var catalogue = new ScopeCatalogue([new ScopeFamily("shops", "Shops", "see your shops", "change your shops")]);

        Assert.True(catalogue.Unknown(ScopeSet.Parse("shops:read_only *")).IsEmpty);
        Assert.Equal("linodes:*", catalogue.Unknown(ScopeSet.Parse("linodes")).ToString());
        Assert.Equal("tokens:*", catalogue.Modernize(ScopeSet.Parse("tokens")).ToString());
        Assert.Null(catalogue.Find("linodes"));
    }

    [Theory]
    [InlineData("Shops")]
    [InlineData("openid")]
    [InlineData("*")]
    [InlineData("")]
    public void A_family_needs_a_name_that_scopes_can_have(string name) =>
        Assert.Throws<ArgumentException>(() => new ScopeCatalogue([new ScopeFamily(name, "T", "r", "w")]));

    [Fact]
    public void A_family_is_named_once() =>
        Assert.Throws<ArgumentException>(() => new ScopeCatalogue([new("shops", "A", "r", "w"), new("shops", "B", "r", "w")]));
}
