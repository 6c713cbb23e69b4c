using CsCheck;
using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using Latchkey.Core.Tests.Tokens;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

[Spec("OIDC-3.1.2.1")]
public sealed class AuthorizationDecisionTests
{
    private static readonly DateTimeOffset Now = TokenGen.Now;
    private static readonly Client App = TestClients.Confidential;
    private static readonly ScopeSet Asked = ScopeSet.Parse("linodes:read_write");

    [Fact]
    [Spec("AZ-01")]
    public void Nothing_is_decided_before_someone_is_logged_in() =>
        Assert.IsType<AuthorizationDecision.LogIn>(AuthorizationDecision.Decide(Request(App), null, Asked, Now));

    [Fact]
    [Spec("AZ-01")]
    public void Without_a_consent_the_person_is_asked() =>
        Assert.Equal(new AuthorizationDecision.AskConsent(Asked, ScopeSet.Empty), Decide(Request(App), remembered: null));

    [Theory]
    [InlineData("none", false, null, "login_required")]
    [InlineData("none", true, null, "consent_required")]
    [InlineData("none", true, "linodes:read_only", "consent_required")]
    [InlineData("none", true, "linodes:read_write", "issue")]
    [InlineData("none", true, "*", "issue")]
    [InlineData("none", false, "*", "login_required")]
    [InlineData("login", true, "*", "log in")]
    [InlineData("select_account", true, "*", "log in")]
    [InlineData("consent", true, "*", "ask")]
    [InlineData("login consent", true, "*", "log in")]
    [InlineData(null, true, "*", "issue")]
    [InlineData(null, true, "", "ask")]
    [Spec("AZ-30")]
    [Spec("AZ-31")]
    [Spec("AZ-34")]
    public void A_prompt_decides_what_is_asked(string? prompt, bool loggedIn, string? remembered, string outcome) =>
        Assert.Equal(outcome, Say(AuthorizationDecision.Decide(
            Request(App, s => s.With(P.Prompt, prompt)),
            loggedIn ? Login() : null,
            remembered is null ? default(ScopeSet?) : ScopeSet.Parse(remembered),
            Now)));

    [Theory]
    [InlineData("1", 2, "log in")]
    [InlineData("10000", 2, "issue")]
    [InlineData("10000", 9_999, "issue")]
    [InlineData("10000", 10_000, "log in")]
    [InlineData("0", 0, "log in")]              // as prompt=login
    [InlineData("0", -5, "log in")]             // even when the clock went back since
    [InlineData("2147483647", 1_000_000, "issue")]
    [InlineData(null, 1_000_000_000, "issue")]
    [Spec("AZ-35")]
    public void A_login_may_be_as_old_as_max_age(string? maxAge, int seconds, string outcome) =>
        Assert.Equal(outcome, Say(AuthorizationDecision.Decide(
            Request(App, s => s.With(P.MaxAge, maxAge)), Login(Now.AddSeconds(-seconds)), Asked, Now)));

    [Fact]
    [Spec("AZ-37")]
    public void A_login_too_old_is_no_login_to_a_silent_request() => Assert.Equal(
        "login_required",
        Say(AuthorizationDecision.Decide(Request(App, s => s.With(P.MaxAge, "1").With(P.Prompt, "none")), Login(Now.AddSeconds(-2)), Asked, Now)));

    [Theory]
    [InlineData("confidential", "issue")]
    [InlineData("public, loopback", "ask")]                 // anyone can pose as it
    [InlineData("public, own scheme", "ask")]
    [InlineData("public, https", "issue")]                  // the address is the proof
    [Spec("AZ-39")]
    [Spec("LO-16")]
    [Spec("RFC8252-8.6")]
    public void A_remembered_consent_or_trust_counts_for_a_client_that_nobody_can_pose_as(string who, string outcome)
    {
        var client = who switch
        {
            "confidential" => App,
            "public, loopback" => TestClients.Public,
            "public, own scheme" => TestClients.Public with { RedirectUris = ["com.example.app:/callback"] },
            _ => TestClients.Public with { RedirectUris = [TestClients.Callback] },
        };

        // The operator's trust is in the app; it says nothing about who poses as it.
        foreach (var (asking, remembered) in new[] { (client, (ScopeSet?)Asked), (client with { Trusted = true }, null), (client with { Trusted = true }, Asked) })
        {
            Assert.Equal(outcome, Say(Decide(Request(asking), remembered)));
            Assert.Equal(outcome == "issue" ? "issue" : "consent_required", Say(Decide(Request(asking, s => s.With(P.Prompt, "none")), remembered)));
        }
    }

    [Theory]
    [InlineData("linodes:read_only", "linodes:read_write", "linodes:read_only", "a higher level")]
    [InlineData("domains:*", "linodes:read_write", "", "another family")]
    [InlineData("", "linodes:read_write", "", "consented to nothing")]
    [Spec("LO-16")]
    public void When_an_app_asks_for_more_only_what_is_new_is_shown(string remembered, string asked, string already, string why) =>
        Assert.True(
            new AuthorizationDecision.AskConsent(ScopeSet.Parse(asked), ScopeSet.Parse(already)) == Decide(Request(App), ScopeSet.Parse(remembered)), why);

    [Fact]
    [Spec("AZ-34")]
    public void Asked_again_on_purpose_the_person_sees_all_of_it() => Assert.Equal(
        new AuthorizationDecision.AskConsent(Asked, ScopeSet.Empty),
        Decide(Request(App, s => s.With(P.Prompt, "consent")), ScopeSet.Everything));

    [Fact]
    public void The_operators_own_app_asks_nobody_unless_it_wants_to()
    {
        var trusted = App with { Trusted = true };

        Assert.Equal(new AuthorizationDecision.Issue(Asked), Decide(Request(trusted), null));
        Assert.Equal("issue", Say(Decide(Request(trusted, s => s.With(P.Prompt, "none")), null)));
        Assert.Equal("ask", Say(Decide(Request(trusted, s => s.With(P.Prompt, "consent")), null)));
        Assert.Equal("log in", Say(AuthorizationDecision.Decide(Request(trusted), null, null, Now)));
    }

    [Fact]
    public void Asking_for_nothing_is_asked_once()
    {
        var nothing = Request(App, s => s.With(P.Scope, null));

        Assert.Equal("ask", Say(Decide(nothing, null)));
        Assert.Equal("issue", Say(Decide(nothing, ScopeSet.Empty)));
    }

    [Fact]
    [Spec("LO-16")]
    public void Silently_nothing_is_issued_that_was_not_consented_to() =>
        Gen.Select(Scopes, Scopes, Gen.OneOf(null, "none", "consent")).Sample((asked, remembered, prompt) =>
            Decide(Request(App, s => s.With(P.Scope, asked).With(P.Prompt, prompt)), ScopeSet.Parse(remembered)).Match(
                _ => false,
                ask => prompt != "none" && ScopeSet.Parse(asked).Covers(ask.Asked.Union(ask.Already)) && ask.Asked.Union(ask.Already).Covers(ScopeSet.Parse(asked))
                    && ScopeSet.Parse(remembered).Covers(ask.Already),
                issue => prompt != "consent" && issue.Granted == ScopeSet.Parse(asked) && ScopeSet.Parse(remembered).Covers(issue.Granted),
                refuse => prompt == "none" && !ScopeSet.Parse(remembered).Covers(ScopeSet.Parse(asked))));

    private static readonly Gen<string> Scopes =
        Gen.OneOf("linodes:read_only", "linodes:*", "domains:read_write", "openid", "*", "vpc:read_only").Array[0, 4].Select(s => string.Join(' ', s));

    private static ValidRequest Request(Client client, Func<Sent, Sent>? change = null) =>
        (change ?? (s => s))(Sent.By(client)).To(client).Valid();

    private static AuthorizationDecision Decide(ValidRequest request, ScopeSet? remembered) =>
        AuthorizationDecision.Decide(request, Login(), remembered, Now);

    private static LoginFacts Login(DateTimeOffset? at = null) => new(TokenGen.Id(7), TokenGen.Id(8), at ?? Now.AddHours(-1));

    private static string Say(AuthorizationDecision decision) => decision.Match(_ => "log in", _ => "ask", _ => "issue", refuse => refuse.Error.Code);
}
