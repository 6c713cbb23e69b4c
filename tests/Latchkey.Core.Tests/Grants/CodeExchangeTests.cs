using CsCheck;
using Latchkey.Core.Clients;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Protocol;
using static Latchkey.Core.Tests.Grants.TestGrants;

namespace Latchkey.Core.Tests.Grants;

[Spec("RFC6749-4.1.3")]
public sealed class CodeExchangeTests
{
    private static readonly string Answer = Verifier.Reveal();
    private static readonly Grant WithoutPkce = Pending with { CodeChallenge = null };

    [Fact]
    [Spec("TK-01")]
    public void A_valid_code_makes_the_grant_active_until_its_absolute_end()
    {
        var decision = Assert.IsType<CodeExchangeDecision.Issue>(Decide(Pending));

        Assert.Equal(new GrantWrite.Redeem(Pending.Id, Now, Now.AddDays(365)), decision.Write);
    }

    [Fact]
    [Spec("TK-41")]
    public void A_scope_taken_from_the_client_since_consent_is_not_in_the_token()
    {
        var narrowed = TestClients.Confidential with { AllowedScopes = ScopeSet.Empty };
        var whole = Assert.IsType<CodeExchangeDecision.Issue>(Decide(Pending));
        var held = Assert.IsType<CodeExchangeDecision.Issue>(
            CodeExchange.Decide(CodeToken(Pending), Pending, narrowed, null, Answer, Lifetimes, Now));

        Assert.Null(whole.Ceiling);
        Assert.Equal(ScopeSet.Empty, held.Ceiling);
    }

    [Theory]
    [InlineData(null, true)]                                            // may be left out (OAuth 2.1 §10.2)
    [InlineData(TestClients.Callback, true)]
    [InlineData("https://app.example.com/Callback", false)]
    [InlineData("https://app.example.com/callback/", false)]
    [InlineData("https://app.example.com/other", false)]
    [InlineData("HTTPS://app.example.com/callback", false)]
    [InlineData("https://app.example.com/callback?x=1", false)]
    [InlineData("", false)]
    [Spec("TK-23")]
    public void A_redirect_uri_sent_along_is_the_one_the_code_went_to(string? sent, bool issued) =>
        Assert.Equal(issued, Decide(Pending, redirectUri: sent) is CodeExchangeDecision.Issue);

    [Theory]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", true)]
    [InlineData(null, false)]                                           // checked only when sent: CVE-2023-48228
    [InlineData("", false)]
    [InlineData("DBJFTJEz4cvp-Mb92k27UHBuju1P1R_Ww1GfwfoeJxK", false)]    // case flipped
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk=", false)]   // padded
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX", false)]     // 42 characters
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", false)]    // the challenge itself
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]    // another transaction's
    [Spec("TK-24")]
    [Spec("TK-25")]
    [Spec("RFC7636-4.6")]
    public void The_verifier_answers_the_challenge(string? verifier, bool issued) =>
        Assert.Equal(issued, Decide(Pending, verifier: verifier) is CodeExchangeDecision.Issue);

    [Fact]
    [Spec("TK-25")]
    public void A_verifier_of_129_characters_is_none() =>
        Refused(Decide(Pending with { CodeChallenge = CodeChallenge.Of(Verifier) }, verifier: new string('a', 129)), OAuthParameters.CodeVerifier);

    [Theory]
    [InlineData(null, true)]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", false)]    // someone took the challenge out of the request
    [InlineData("", false)]
    [Spec("TK-26")]
    [Spec("RFC9700-4.8.2")]
    public void Without_a_challenge_no_verifier_is_sent(string? verifier, bool issued) =>
        Assert.Equal(issued, CodeExchange.Decide(CodeToken(WithoutPkce), WithoutPkce, TestClients.Confidential, null, verifier, Lifetimes, Now) is CodeExchangeDecision.Issue);

    [Theory]
    [InlineData(0, true)]
    [InlineData(55_000, true)]
    [InlineData(59_999, true)]
    [InlineData(60_000, false)]
    [InlineData(61_000, false)]
    [InlineData(86_400_000, false)]
    [Spec("TK-27")]
    public void A_code_lives_for_sixty_seconds(int milliseconds, bool issued) =>
        Assert.Equal(issued, Decide(Pending, now: Now.AddMilliseconds(milliseconds)) is CodeExchangeDecision.Issue);

    [Fact]
    [Spec("TK-27")]
    public void An_expired_code_damages_nothing() => Refused(Decide(Active, now: Now.AddSeconds(61)), OAuthParameters.Code);

    [Fact]
    [Spec("TK-18")]
    [Spec("TK-21")]
    public void A_valid_second_use_ends_the_grant()
    {
        var decision = Assert.IsType<CodeExchangeDecision.Replay>(Decide(Active, now: Now.AddSeconds(30)));

        Assert.Equal(new GrantWrite.Revoke(Active.Id, RevocationReason.CodeReplay, Now.AddSeconds(30)), decision.Write);
    }

    [Fact]
    [Spec("TK-18")]
    public void A_second_use_after_refreshes_ends_the_grant_too() =>
        Assert.IsType<CodeExchangeDecision.Replay>(Decide(Active with { Generation = 9 }, now: Now.AddSeconds(30)));

    [Fact]
    public void A_code_of_a_revoked_grant_is_refused() => Refused(Decide(Revoked), OAuthParameters.Code);

    [Fact]
    public void A_code_without_a_grant_is_refused() =>
        Refused(CodeExchange.Decide(CodeToken(Pending), null, TestClients.Confidential, null, Answer, Lifetimes, Now), OAuthParameters.Code);

    [Fact]
    [Spec("TK-22")]
    public void A_code_of_another_client_is_refused() => Refused(Decide(Pending, TestClients.Other), OAuthParameters.Code);

    [Theory]
    [InlineData("ABCDEF")]       // an id is compared as it is: no case folding (XI-09)
    [InlineData("abcdef ")]
    [Spec("XI-09")]
    public void A_client_id_is_compared_to_the_letter(string id) =>
        Refused(Decide(Pending with { ClientId = "abcdef" }, TestClients.Confidential with { Id = id }), OAuthParameters.Code);

    [Fact]
    public void A_personal_token_has_no_code() => Refused(Decide(Personal), OAuthParameters.Code);

    /// <summary>Otherwise whoever sees a code could end a stranger's grant (OAuth 2.1 §7.5.2).</summary>
    [Theory]
    [InlineData("wrong client")]
    [InlineData("wrong redirect URI")]
    [InlineData("wrong verifier")]
    [InlineData("no verifier")]
    [InlineData("wrong resource")]
    [InlineData("expired")]
    [Spec("TK-22")]
    public void An_invalid_replay_ends_nothing(string how)
    {
        Assert.IsType<CodeExchangeDecision.Replay>(Decide(Active));

        var decision = how switch
        {
            "wrong client" => Decide(Active, TestClients.Other),
            "wrong redirect URI" => Decide(Active, redirectUri: "https://app.example.com/other"),
            "wrong verifier" => Decide(Active, verifier: new string('a', 43)),
            "no verifier" => Decide(Active, verifier: null),
            "wrong resource" => Decide(Active, resource: "https://api.example.com/other"),
            _ => Decide(Active, now: Now.AddSeconds(60)),
        };

        Assert.IsType<CodeExchangeDecision.Refuse>(decision);
    }

    /// <summary>Only whoever could have redeemed it ends it, and only while nothing was issued.</summary>
    [Fact]
    [Spec("F-14")]
    public void An_expired_code_ends_with_its_presentation()
    {
        var late = Now.AddSeconds(60);
        var decision = Assert.IsType<CodeExchangeDecision.Expire>(Decide(Pending, now: late));

        Assert.Equal(new GrantWrite.Revoke(Pending.Id, RevocationReason.CodeExpired, late), decision.Write);
        Assert.Equal(Refused(Decide(Active, now: late)), decision.Error);
        Assert.IsType<CodeExchangeDecision.Refuse>(Decide(Pending, TestClients.Other, now: late));
        Assert.IsType<CodeExchangeDecision.Refuse>(Decide(Pending, redirectUri: "https://app.example.com/other", now: late));
        Assert.IsType<CodeExchangeDecision.Refuse>(Decide(Pending, verifier: null, now: late));
    }

    /// <summary>Everything wrong at once, then mended one by one: the refusals come in this order.</summary>
    [Fact]
    public void The_checks_come_in_a_fixed_order()
    {
        var late = Now.AddSeconds(61);
        Assert.Equal(
            [
                "The code is unknown or has expired; send the user to log in again.",
                "The code was issued to another client.",
                "redirect_uri differs from the one the code was sent to.",
                "code_verifier does not answer the code_challenge.",
                "The code was used or revoked; send the user to log in again.",
            ],
            [
                Refused(Decide(Revoked, TestClients.Other, "https://x.example/", "x", late)).Description,
                Refused(Decide(Revoked, TestClients.Other, "https://x.example/", "x")).Description,
                Refused(Decide(Revoked, TestClients.Confidential, "https://x.example/", "x")).Description,
                Refused(Decide(Revoked, TestClients.Confidential, TestClients.Callback, "x")).Description,
                Refused(Decide(Revoked)).Description,
            ]);
    }

    [Fact]
    [Spec("TK-45")]
    public void A_refusal_repeats_nothing_that_was_sent() => Gen.Select(Gen.String, Gen.String).Sample((redirectUri, verifier) =>
        Decide(Pending, redirectUri: redirectUri, verifier: verifier) is CodeExchangeDecision.Refuse { Error: { } error }
        && error.Description.All(c => c is ' ' or '!' or (>= '#' and <= '[') or (>= ']' and <= '~')));

    [Fact]
    public void Only_a_code_is_redeemed() => Assert.All(
        new[] { AccessToken(Pending, 0), RefreshToken(Pending, 0), AccessToken(Pending, 0) with { Kind = TokenKind.Personal } },
        token => Refused(CodeExchange.Decide(token, Pending, TestClients.Confidential, null, Answer, Lifetimes, Now), OAuthParameters.Code));

    private static CodeExchangeDecision Decide(
        Grant grant, Client? client = null, string? redirectUri = TestClients.Callback, string? verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", DateTimeOffset? now = null,
        string? resource = null) => CodeExchange.Decide(
            CodeToken(Pending), grant, client ?? TestClients.Confidential, redirectUri, verifier, Lifetimes, now ?? Now, new(resource, "https://login.example.com"));

    private static OAuthError Refused(CodeExchangeDecision decision, string? field = null)
    {
        var error = Assert.IsType<CodeExchangeDecision.Refuse>(decision).Error;
        Assert.Equal("invalid_grant", error.Code);
        Assert.True(field is null || field == error.Field);
        return error;
    }
}
