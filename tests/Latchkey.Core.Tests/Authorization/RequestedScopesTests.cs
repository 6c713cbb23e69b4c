using Latchkey.Core.Clients;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

[Spec("RFC6749-3.3")]
[Spec("AZ-40")]
public sealed class RequestedScopesTests
{
    private static readonly Client App = TestClients.Confidential;

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("linodes:read_only domains:read_write", "domains:read_write linodes:read_only")]
    [InlineData("domains:read_write linodes:read_only", "domains:read_write linodes:read_only")]     // order never matters
    [InlineData("  linodes:read_only   linodes:read_only ", "linodes:read_only")]
    [InlineData("linodes", "linodes:*")]
    [InlineData("*", "*")]
    [InlineData("linodes:view", "linodes:read_only")]                                                // Linode's old words
    [InlineData("tokens:read_only users:modify", "account:read_write")]                              // Linode's old families
    [InlineData("openid profile email offline_access", "openid profile email offline_access")]
    public void What_is_asked_for_is_read(string? sent, string asked) =>
        Assert.Equal(ScopeSet.Parse(asked), Sent.By(App).With(P.Scope, sent).To(App).Valid().Scopes);

    [Theory]
    [InlineData("shops:read_only")]
    [InlineData("linodes:read_only shops:read_only")]
    [InlineData("linodes:reboot")]
    [InlineData("Linodes:read_only")]        // no case folding
    [InlineData("LINODES")]
    [InlineData("admin")]
    [InlineData("linodes:read_only,domains:read_only")]     // a comma is Linode's habit
    [InlineData("linodes:read_only\tdomains:read_only")]
    [InlineData("linodes:read_only\ndomains:read_only")]
    [InlineData("\"linodes\"")]
    [InlineData("linodes\\")]
    [InlineData("linodes\u007f")]
    [InlineData("l\u00efnodes")]
    [InlineData(" ")]                        // at least one scope token
    [InlineData("   ")]
    [InlineData(",")]
    [InlineData("openid \"")]                // not even an OpenID client sends this
    [InlineData("openid l\u00efnodes")]
    public void A_scope_unknown_or_malformed_is_refused(string sent) =>
        Sent.By(App).With(P.Scope, sent).To(App).Returned("invalid_scope");

    [Fact]
    public void An_OpenID_client_may_name_scopes_of_other_servers() =>
        Assert.Equal(
            ScopeSet.Parse("openid linodes:read_only"),
            Sent.By(App).With(P.Scope, "shops:read_only linodes:read_only openid address phone").To(App).Valid().Scopes);

    [Theory]
    [InlineData("linodes:read_only", "linodes:read_only", true)]
    [InlineData("linodes:*", "linodes:read_only", true)]
    [InlineData("linodes:read_only", "linodes:read_write", false)]
    [InlineData("linodes:read_only", "domains:read_only", false)]
    [InlineData("linodes:read_only", "*", false)]
    [InlineData("linodes:read_only", "openid domains:read_only", false)]     // openid lets unknown scopes pass, not forbidden ones
    [InlineData("linodes:read_only", "openid linodes:read_only", true)]
    [InlineData("", "openid profile email offline_access", true)]
    [InlineData("", "", true)]
    [InlineData("", "linodes:read_only", false)]
    [InlineData("linodes:*", "tokens:read_only", false)]                     // which means account
    public void A_client_asks_for_what_it_is_allowed(string allowed, string sent, bool valid)
    {
        var outcome = Sent.By(App).With(P.Scope, sent).To(App with { AllowedScopes = ScopeSet.Parse(allowed) });
        Assert.Equal(valid, outcome.Request is not null);
        if (!valid)
        {
            outcome.Returned("invalid_scope");
        }
    }

    [Fact]
    public void To_a_strict_client_the_plural_is_an_unknown_parameter() =>
        Assert.Equal(ScopeSet.Parse("linodes:read_only"), Sent.By(App).With(P.Scope, "linodes:read_only").With(P.Scopes, "*").To(App).Valid().Scopes);

    [Fact]
    [Spec("XI-02")]
    public void Two_thousand_scopes_are_answered_like_two()
    {
        var sent = string.Join(' ', Enumerable.Range(0, 1000).Select(n => $"{(char)('a' + (n % 26))}{n / 26}"));

        Sent.By(App).With(P.Scope, sent).To(App).Returned("invalid_scope");
        Assert.Equal(ScopeSet.Parse("openid"), Sent.By(App).With(P.Scope, "openid " + sent).To(App).Valid().Scopes);
    }
}
