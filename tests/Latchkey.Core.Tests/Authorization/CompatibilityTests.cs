using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

/// <summary>What a client registered as Linode's may do besides, and that a strict one may not.</summary>
[Spec("RFC6749-4.1.1")]
public sealed class CompatibilityTests
{
    private static readonly Client Linode = TestClients.Linode;
    private static readonly Client Strict = TestClients.Confidential;
    private static readonly Client PublicLinode = TestClients.PublicLinode;

    [Fact]
    public void A_confidential_client_does_without_PKCE()
    {
        var sent = Sent.By(Linode).Without(P.CodeChallenge, P.CodeChallengeMethod);

        Assert.Null(sent.To(Linode).Valid().CodeChallenge);
        sent.To(Strict).Returned("invalid_request");
    }

    [Fact]
    [Spec("AZ-25")]
    public void A_public_client_that_asks_for_a_code_needs_PKCE_all_the_same() =>
        Sent.By(PublicLinode).Without(P.CodeChallenge, P.CodeChallengeMethod).To(PublicLinode).Returned("invalid_request");

    [Fact]
    [Spec("AZ-03")]
    public void The_redirect_uri_may_be_left_out_when_one_is_registered()
    {
        var sent = Sent.By(Linode).Without(P.RedirectUri);

        Assert.Equal(TestClients.Callback, sent.To(Linode).Valid().Identified.RedirectUri);
        sent.To(Strict).Shown();
        sent.To(Linode with { RedirectUris = [TestClients.Callback, "https://b.example/"] }).Shown();
        Sent.By(Linode).And(P.RedirectUri, "").To(Linode).Shown();
    }

    [Fact]
    [Spec("AZ-07")]
    public void A_query_may_be_appended_to_the_redirect_uri()
    {
        var sent = Sent.By(Linode).With(P.RedirectUri, TestClients.Callback + "?returnTo=/linodes");

        Assert.Equal(TestClients.Callback + "?returnTo=/linodes", sent.To(Linode).Valid().Identified.RedirectUri);
        sent.To(Strict).Shown();
        Sent.By(Linode).With(P.RedirectUri, TestClients.Callback + "/x?returnTo=/").To(Linode).Shown();
        Sent.By(Linode).With(P.RedirectUri, TestClients.Callback + "?code=stolen").To(Linode).Shown();
    }

    [Fact]
    [Spec("AZ-20")]
    public void A_public_client_on_loopback_may_ask_for_a_token()
    {
        var sent = Sent.By(PublicLinode).With(P.ResponseType, "token").Without(P.CodeChallenge, P.CodeChallengeMethod);

        var request = sent.To(PublicLinode).Valid();
        Assert.True(request.Implicit);
        Assert.Equal(ResponseMode.Fragment, request.Identified.ResponseMode);
        Assert.Equal(ResponseMode.Query, sent.To(TestClients.Public).Returned("unsupported_response_type").Request.ResponseMode);
        Sent.By(Linode).With(P.ResponseType, "token").To(Linode).Returned("unsupported_response_type");
        var web = PublicLinode with { RedirectUris = [TestClients.Callback] };
        Sent.By(web).With(P.ResponseType, "token").To(web).Returned("unsupported_response_type");
        Sent.By(PublicLinode).With(P.ResponseType, "code token").To(PublicLinode).Returned("unsupported_response_type");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("fragment", true)]
    [InlineData("query", false)]
    [InlineData("form_post", false)]
    [InlineData("junk", false)]
    [Spec("AZ-22")]
    public void A_token_travels_in_the_fragment_alone(string mode, bool valid)
    {
        var outcome = Sent.By(PublicLinode).With(P.ResponseType, "token").With(P.ResponseMode, mode).Without(P.CodeChallenge, P.CodeChallengeMethod).To(PublicLinode);

        var answered = valid ? outcome.Valid().Identified : outcome.Returned("invalid_request").Request;
        Assert.Equal(ResponseMode.Fragment, answered.ResponseMode);
        Sent.By(PublicLinode).With(P.ResponseMode, "fragment").To(PublicLinode).Returned("invalid_request");
    }

    [Fact]
    public void A_request_for_a_token_that_fails_later_is_told_in_the_fragment() => Assert.Equal(
        ResponseMode.Fragment,
        Sent.By(PublicLinode).With(P.ResponseType, "token").With(P.Scope, "shops:*").Without(P.CodeChallenge, P.CodeChallengeMethod).To(PublicLinode)
            .Returned("invalid_scope").Request.ResponseMode);

    [Fact]
    public void Scopes_may_come_in_the_plural_with_commas()
    {
        var sent = Sent.By(Linode).With(P.Scope, null).With(P.Scopes, "linodes:read_only,domains:read_write");

        Assert.Equal(ScopeSet.Parse("linodes:read_only domains:read_write"), sent.To(Linode).Valid().Scopes);
        Assert.True(sent.To(Strict).Valid().Scopes.IsEmpty);
        Assert.Equal(ScopeSet.Parse("linodes:read_only domains:read_write"), Sent.By(Linode).With(P.Scope, "linodes:read_only, domains:read_write").To(Linode).Valid().Scopes);
        Sent.By(Strict).With(P.Scope, "linodes:read_only, domains:read_write").To(Strict).Returned("invalid_scope");
    }

    [Theory]
    [InlineData("linodes:read_only", "linodes:read_only", true)]
    [InlineData("linodes:read_only domains:*", "domains,linodes:view", true)]     // the same set, written otherwise
    [InlineData("linodes:read_only", "linodes:*", false)]
    [InlineData("linodes:read_only", "*", false)]
    public void Both_names_say_the_same(string scope, string scopes, bool valid)
    {
        var outcome = Sent.By(Linode).With(P.Scope, scope).With(P.Scopes, scopes).To(Linode);
        Assert.Equal(valid, outcome.Request is not null);
        Assert.True(valid || outcome.Returned("invalid_request").Error.Field == P.Scopes);
    }

    [Fact]
    [Spec("AZ-40")]
    public void The_plural_is_held_to_the_same_rules()
    {
        var sent = Sent.By(Linode).With(P.Scope, null);

        sent.With(P.Scopes, "shops:*").To(Linode).Returned("invalid_scope");
        sent.With(P.Scopes, "\"").To(Linode).Returned("invalid_scope");
        Assert.All((string[])[",", " ", " , ,"], blank => sent.With(P.Scopes, blank).To(Linode).Returned("invalid_scope"));
        Sent.By(Linode).With(P.Scope, " ").With(P.Scopes, "*").To(Linode).Returned("invalid_scope");
        Assert.True(sent.With(P.Scopes, "").To(Linode).Valid().Scopes.IsEmpty);
        sent.With(P.Scopes, "*").To(Linode with { AllowedScopes = ScopeSet.Parse("linodes:*") }).Returned("invalid_scope");
        sent.With(P.Scopes, "*").And(P.Scopes, "*").To(Linode).Returned("invalid_request");
    }
}
