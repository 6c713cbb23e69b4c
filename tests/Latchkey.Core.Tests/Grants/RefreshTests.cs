using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using static Latchkey.Core.Tests.Grants.TestGrants;

namespace Latchkey.Core.Tests.Grants;

[Spec("RFC6749-6")]
public sealed class RefreshTests
{
    private static readonly Grant Rotated = Active with { Generation = 5, RotatedAt = Now };

    [Fact]
    [Spec("TK-29")]
    public void The_living_token_moves_the_grant_one_generation_on()
    {
        var decision = Assert.IsType<RefreshDecision.Rotate>(Decide(Rotated, 5, Now.AddMinutes(1)));

        Assert.Equal(new GrantWrite.Rotate(Rotated.Id, 5, Now.AddMinutes(1)), decision.Write);
        Assert.Null(decision.Ceiling);
    }

    [Theory]
    [InlineData(10, 0, "retry")]
    [InlineData(10, 9_999, "retry")]
    [InlineData(10, 10_000, "theft")]       // the window is over at its very end
    [InlineData(10, 3_600_000, "theft")]
    [InlineData(0, 0, "theft")]             // no window: every reuse is a theft, even at once
    [InlineData(0, 1, "theft")]
    [InlineData(60, 59_999, "retry")]
    [InlineData(60, 60_000, "theft")]
    [InlineData(10, -500, "retry")]         // two nodes whose clocks differ
    [InlineData(10, -9_999, "retry")]
    [InlineData(10, -10_000, "theft")]      // a clock that was set back does not hold the window open
    [InlineData(10, -86_400_000, "theft")]
    [Spec("TK-30")]
    [Spec("TK-37")]
    [Spec("RFC9700-4.14.2")]
    public void The_previous_token_is_a_retry_inside_the_window_and_a_theft_after_it(int windowSeconds, int milliseconds, string outcome)
    {
        var lifetimes = Lifetimes with { RetryWindow = TimeSpan.FromSeconds(windowSeconds) };
        var now = Now.AddMilliseconds(milliseconds);

        var decision = Refresh.Decide(RefreshToken(Rotated, 4), Rotated, TestClients.Confidential, null, lifetimes, now);

        if (outcome == "retry")
        {
            Assert.Equal(new RefreshDecision.Repeat(Rotated, null), decision);
        }
        else
        {
            Assert.Equal(new RefreshDecision.Reuse(new GrantWrite.Revoke(Rotated.Id, RevocationReason.RefreshTokenReuse, now)), decision);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(6)]     // of a generation that this row never had: the store was set back to an older copy
    [Spec("TK-30")]
    public void A_token_two_generations_old_is_a_theft_even_inside_the_window(int generation) =>
        Assert.IsType<RefreshDecision.Reuse>(Decide(Rotated, generation, Now));

    [Fact]
    [Spec("TK-37")]
    public void A_retry_yields_the_very_same_tokens_and_a_new_window_for_nobody()
    {
        var issuer = new TokenIssuer(Tokens.TokenGen.Ring(), Lifetimes);
        var answered = issuer.Tokens(Rotated, null, Now);

        var repeat = Assert.IsType<RefreshDecision.Repeat>(Decide(Rotated, 4, Now.AddSeconds(9)));
        var again = issuer.Tokens(repeat.Grant, repeat.Ceiling, Now.AddSeconds(9));

        Assert.Equal(answered.RefreshToken!.Reveal(), again.RefreshToken!.Reveal());
        Assert.Equal(answered.AccessToken.Reveal(), again.AccessToken.Reveal());
        Assert.IsType<RefreshDecision.Reuse>(Decide(repeat.Grant, 4, Now.AddSeconds(10)));
    }

    /// <summary>The wrong client learns nothing and ends nothing, whatever it holds (OAuth 2.1 §7.5.2).</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    [InlineData(1)]
    [Spec("TK-37")]
    public void Another_clients_token_is_refused_and_harmless(int generation) =>
        Refused(Refresh.Decide(RefreshToken(Rotated, generation), Rotated, TestClients.Other, null, Lifetimes, Now.AddDays(1)));

    [Theory]
    [InlineData("no row")]
    [InlineData("idle too long")]
    [InlineData("past the absolute end")]
    [InlineData("pending")]
    [InlineData("revoked")]
    [InlineData("not refreshable")]
    [InlineData("personal")]
    [Spec("TK-40")]
    [Spec("TK-41")]
    public void A_token_that_is_dead_is_refused_and_changes_nothing(string why)
    {
        // Of each generation: neither a rotation, nor a retry, nor a theft.
        Assert.All(new[] { 5, 4, 1 }, generation => Refused(why switch
        {
            "no row" => Refresh.Decide(RefreshToken(Rotated, generation), null, TestClients.Confidential, null, Lifetimes, Now),
            "idle too long" => Decide(Rotated, generation, Now.AddDays(30)),
            "past the absolute end" => Decide(Rotated with { ExpiresAt = Now }, generation, Now),
            "pending" => Decide(Pending, generation, Now),
            "revoked" => Decide(Revoked with { Generation = 5 }, generation, Now),
            "not refreshable" => Decide(Rotated with { Refreshable = false }, generation, Now),
            _ => Decide(Personal with { Refreshable = true, Generation = 5 }, generation, Now),
        }));
    }

    [Theory]
    [InlineData(30, -1, true)]
    [InlineData(30, 0, false)]
    [Spec("TK-40")]
    public void A_token_dies_when_it_was_not_used_for_the_idle_time(int days, int milliseconds, bool alive) =>
        Assert.Equal(alive, Decide(Rotated, 5, Now.AddDays(days).AddMilliseconds(milliseconds)) is RefreshDecision.Rotate);

    [Fact]
    [Spec("TK-40")]
    public void The_absolute_end_comes_however_often_a_grant_is_refreshed()
    {
        var ring = Tokens.TokenGen.Ring();
        var issuer = new TokenIssuer(ring, Lifetimes);
        var grant = Active;
        var days = 0;
        for (var alive = true; alive; days += alive ? 1 : 0)
        {
            Assert.True(ring.TryOpen(issuer.Tokens(grant, null, Now).RefreshToken!.Reveal(), out var token));
            var decision = Refresh.Decide(token, grant, TestClients.Confidential, null, Lifetimes, Now.AddDays(days));
            alive = decision is RefreshDecision.Rotate;
            grant = decision is RefreshDecision.Rotate rotate ? grant.After(rotate.Write) : grant;
        }

        Assert.Equal(365, days);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("linodes:read_write domains:read_only", null)]     // all that was granted, in whatever order
    [InlineData("domains:read_only linodes:read_only", "domains:read_only linodes:read_only")]
    [InlineData("linodes:read_only", "linodes:read_only")]
    [InlineData("", "")]
    [Spec("TK-36")]
    public void A_narrower_scope_holds_the_access_token_below_the_grant(string? wanted, string? ceiling)
    {
        var scopes = wanted is null ? default(ScopeSet?) : ScopeSet.Parse(wanted);
        var expected = ceiling is null ? default(ScopeSet?) : ScopeSet.Parse(ceiling);

        Assert.Equal(expected, Assert.IsType<RefreshDecision.Rotate>(Decide(Rotated, 5, Now, scopes)).Ceiling);
        Assert.Equal(expected, Assert.IsType<RefreshDecision.Repeat>(Decide(Rotated, 4, Now, scopes)).Ceiling);
    }

    [Theory]
    [InlineData("linodes:*")]
    [InlineData("domains:read_write")]
    [InlineData("*")]
    [InlineData("linodes:read_only account:read_only")]
    [InlineData("openid")]
    [InlineData("offline_access")]
    [Spec("TK-36")]
    public void A_wider_scope_is_refused_and_spends_nothing(string wanted)
    {
        Assert.Equal("invalid_scope", Assert.IsType<RefreshDecision.Refuse>(Decide(Rotated, 5, Now, ScopeSet.Parse(wanted))).Error.Code);
        Assert.Equal("invalid_scope", Assert.IsType<RefreshDecision.Refuse>(Decide(Rotated, 4, Now, ScopeSet.Parse(wanted))).Error.Code);
    }

    [Fact]
    [Spec("TK-30")]
    public void A_theft_is_a_theft_whatever_scope_is_asked_for() =>
        Assert.IsType<RefreshDecision.Reuse>(Decide(Rotated, 4, Now.AddMinutes(1), ScopeSet.Everything));

    /// <summary>A grant of everything covers any number of made-up families; they have to fit into a token.</summary>
    [Theory]
    [InlineData(100, true)]
    [InlineData(1_000, false)]
    [InlineData(50_000, false)]     // written on the stack, this would end the process
    [Spec("XI-02")]
    public void A_scope_too_long_for_a_token_is_refused_and_spends_nothing(int families, bool fits)
    {
        var grant = Rotated with { Scopes = ScopeSet.Everything };
        var wanted = ScopeSet.Parse(string.Join(' ', Enumerable.Range(0, families).Select(n => $"f{n}:read_only")));

        var decision = Decide(grant, 5, Now, wanted);

        if (fits)
        {
            var ceiling = Assert.IsType<RefreshDecision.Rotate>(decision).Ceiling;
            Assert.NotEmpty(new TokenIssuer(Tokens.TokenGen.Ring(), Lifetimes).Tokens(grant, ceiling, Now).AccessToken.Reveal());
        }
        else
        {
            Assert.Equal("invalid_scope", Assert.IsType<RefreshDecision.Refuse>(decision).Error.Code);
        }
    }

    [Theory]
    [InlineData("linodes:read_only", null, "linodes:read_only")]
    [InlineData("linodes:read_write domains:*", null, null)]                            // wider than the grant: nothing was taken away
    [InlineData("", null, "")]
    [InlineData("linodes:read_only domains:read_only", "linodes:read_only", "linodes:read_only")]
    [Spec("TK-41")]
    public void What_a_client_may_no_longer_ask_for_it_no_longer_gets(string allowed, string? wanted, string? ceiling)
    {
        var client = TestClients.Confidential with { AllowedScopes = ScopeSet.Parse(allowed) };

        var decision = Refresh.Decide(
            RefreshToken(Rotated), Rotated, client, wanted is null ? default(ScopeSet?) : ScopeSet.Parse(wanted), Lifetimes, Now);

        Assert.Equal(ceiling is null ? default(ScopeSet?) : ScopeSet.Parse(ceiling), Assert.IsType<RefreshDecision.Rotate>(decision).Ceiling);
    }

    [Fact]
    [Spec("TK-41")]
    public void A_scope_taken_from_a_client_cannot_be_asked_for_by_name()
    {
        var client = TestClients.Confidential with { AllowedScopes = ScopeSet.Parse("domains:*") };

        var decision = Refresh.Decide(RefreshToken(Rotated), Rotated, client, ScopeSet.Parse("linodes:read_only"), Lifetimes, Now);

        Assert.Equal("invalid_scope", Assert.IsType<RefreshDecision.Refuse>(decision).Error.Code);
    }

    [Fact]
    [Spec("TK-41")]
    public void Identity_scopes_are_never_taken_from_a_client()
    {
        var grant = Rotated with { Scopes = ScopeSet.Parse("openid offline_access") };
        var client = TestClients.Confidential with { AllowedScopes = ScopeSet.Empty };

        Assert.Null(Assert.IsType<RefreshDecision.Rotate>(Refresh.Decide(RefreshToken(grant), grant, client, null, Lifetimes, Now)).Ceiling);
    }

    [Fact]
    public void Only_a_refresh_token_refreshes() => Assert.All(
        new[] { TokenKind.AuthorizationCode, TokenKind.Access, TokenKind.Personal },
        kind => Refused(Refresh.Decide(RefreshToken(Rotated) with { Kind = kind }, Rotated, TestClients.Confidential, null, Lifetimes, Now)));

    private static RefreshDecision Decide(Grant grant, int generation, DateTimeOffset now, ScopeSet? wanted = null) =>
        Refresh.Decide(RefreshToken(grant, generation), grant, TestClients.Confidential, wanted, Lifetimes, now);

    private static void Refused(RefreshDecision decision) =>
        Assert.Equal("invalid_grant", Assert.IsType<RefreshDecision.Refuse>(decision).Error.Code);
}
