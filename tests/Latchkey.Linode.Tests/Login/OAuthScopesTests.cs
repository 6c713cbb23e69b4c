using System.Reflection;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

public sealed class OAuthScopesTests
{
    [Fact]
    public void Every_family_that_Linode_has_today_has_a_name()
    {
        var named = Families().Select(f => Get(f, "All").Family).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(ScopeCatalogue.Linode.Families.Select(f => f.Name).Order(StringComparer.Ordinal), named);
    }

    [Fact]
    public void Every_family_offers_the_same_four_names()
    {
        foreach (var family in Families())
        {
            var name = Get(family, "All").Family;
            Assert.Equal($"{name}:*", Get(family, "All").Text);
            Assert.Equal($"{name}:read_only", Get(family, "ReadOnly").Text);
            Assert.Equal($"{name}:read_write", Get(family, "ReadWrite").Text);
            Assert.Equal(Get(family, "ReadOnly"), Get(family, "View"));
        }
    }

    [Fact]
    public void All_is_everything() => Assert.Equal("*", ((ScopeSet)OAuthScopes.All).ToString());

    private static Type[] Families() => typeof(OAuthScopes).GetNestedTypes();

    private static Scope Get(Type family, string name) =>
        (Scope)family.GetProperty(name, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
}
