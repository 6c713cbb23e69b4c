using Latchkey.Core.Grants;
using Latchkey.Core.Tests.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Tokens;

[Spec("RFC6749-5.1")]
public sealed class TokenIssuerTests
{
    private static readonly TokenLifetimes Lifetimes = new();
    private static readonly KeyRing Ring = TokenGen.Ring();
    private static readonly TokenIssuer Issuer = new(Ring, Lifetimes);
    private static readonly DateTimeOffset Now = TokenGen.Now;

    [Fact]
    public void A_code_points_to_its_pending_grant_for_sixty_seconds()
    {
        var grant = TestGrants.Pending;

        Assert.True(Ring.TryOpen(Issuer.Code(grant).Reveal(), TokenKind.AuthorizationCode, out var code));
        Assert.Equal(new TokenContent(TokenKind.AuthorizationCode, grant.Id, 0, Now.AddSeconds(60)), code);
    }

    [Fact]
    [Spec("TK-01")]
    public void Access_and_refresh_token_carry_the_generation_of_the_row()
    {
        var grant = TestGrants.Active with { Generation = 4 };

        var tokens = Issuer.Tokens(grant, null, Now);

        Assert.True(Ring.TryOpen(tokens.AccessToken.Reveal(), TokenKind.Access, out var access));
        Assert.True(Ring.TryOpen(tokens.RefreshToken!.Reveal(), TokenKind.Refresh, out var refresh));
        Assert.Equal(new TokenContent(TokenKind.Access, grant.Id, 4, Now.AddHours(2)), access);
        Assert.Equal(new TokenContent(TokenKind.Refresh, grant.Id, 4, Now.AddDays(30)), refresh);
        Assert.Equal(7200, tokens.ExpiresIn);
        Assert.Equal(grant.Scopes, tokens.Scopes);
    }

    [Fact]
    [Spec("TK-36")]
    [Spec("RFC6749-6")]
    public void A_ceiling_holds_the_access_token_and_leaves_the_refresh_token_whole()
    {
        var narrow = ScopeSet.Parse("linodes:read_only");

        var tokens = Issuer.Tokens(TestGrants.Active, narrow, Now);
        var plain = Issuer.Tokens(TestGrants.Active, null, Now);

        Assert.True(Ring.TryOpen(tokens.AccessToken.Reveal(), out var access));
        Assert.Equal(narrow, access.Ceiling);
        Assert.Equal(narrow, tokens.Scopes);
        Assert.Equal(plain.RefreshToken!.Reveal(), tokens.RefreshToken!.Reveal());
    }

    [Fact]
    [Spec("TK-37")]
    public void Asked_again_later_the_bytes_are_the_same_and_the_remaining_life_is_shorter()
    {
        var first = Issuer.Tokens(TestGrants.Active, null, Now);
        var again = Issuer.Tokens(TestGrants.Active, null, Now.AddMilliseconds(9_999));

        Assert.Equal(first.AccessToken.Reveal(), again.AccessToken.Reveal());
        Assert.Equal(first.RefreshToken!.Reveal(), again.RefreshToken!.Reveal());
        Assert.Equal(7190, again.ExpiresIn);
    }

    [Fact]
    public void Nothing_outlives_the_grant()
    {
        var grant = TestGrants.Active with { ExpiresAt = Now.AddMinutes(5) };

        var tokens = Issuer.Tokens(grant, null, Now);

        Assert.True(Ring.TryOpen(tokens.AccessToken.Reveal(), out var access));
        Assert.True(Ring.TryOpen(tokens.RefreshToken!.Reveal(), out var refresh));
        Assert.Equal(grant.ExpiresAt, access.ExpiresAt);
        Assert.Equal(grant.ExpiresAt, refresh.ExpiresAt);
        Assert.Equal(300, tokens.ExpiresIn);
        Assert.Equal(0, Issuer.Tokens(grant, null, Now.AddDays(1)).ExpiresIn);
    }

    [Fact]
    [Spec("TK-39")]
    public void A_grant_that_may_not_be_renewed_has_no_refresh_token() =>
        Assert.Null(Issuer.Tokens(TestGrants.Active with { Refreshable = false }, null, Now).RefreshToken);

    [Fact]
    public void A_pending_grant_has_no_tokens_yet() =>
        Assert.Throws<ArgumentException>(() => Issuer.Tokens(TestGrants.Pending, null, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("2027-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]     // a person may type any date
    public void A_personal_token_lives_as_long_as_its_owner_said(string? expiry)
    {
        var grant = TestGrants.Personal with { ExpiresAt = expiry is null ? null : DateTimeOffset.Parse(expiry) };

        Assert.True(Ring.TryOpen(Issuer.Personal(grant).Reveal(), TokenKind.Personal, out var token));
        Assert.Equal(grant.Id, token.GrantId);
        Assert.True(Introspection.IsAlive(token, grant, Now.AddMonths(9)));
        Assert.Equal(expiry is null, token.ExpiresAt is null);
    }

    [Fact]
    [Spec("LX-01")]
    public void An_answer_does_not_print_its_tokens()
    {
        var tokens = Issuer.Tokens(TestGrants.Active, null, Now);

        Assert.DoesNotContain(tokens.AccessToken.Reveal()[3..20], tokens.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(tokens.RefreshToken!.Reveal()[3..20], tokens.ToString(), StringComparison.Ordinal);
    }
}
