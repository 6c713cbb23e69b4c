using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

/// <summary>Step three: the redirect URI is proven, so the client is told.</summary>
[Spec("OIDC-3.1.2.1")]
public sealed class AuthorizationChecksTests
{
    private static readonly Client App = TestClients.Confidential;

    [Theory]
    [InlineData(P.ResponseType, "code")]
    [InlineData(P.ResponseMode, "query")]
    [InlineData(P.Scope, "linodes:read_write")]
    [InlineData(P.State, "xyz")]
    [InlineData(P.Nonce, "n")]
    [InlineData(P.CodeChallenge, Sent.Challenge)]
    [InlineData(P.CodeChallengeMethod, "S256")]
    [InlineData(P.Prompt, "login")]
    [InlineData(P.MaxAge, "1")]
    [InlineData(P.Resource, "https://api.example.com")]
    [InlineData(P.Request, "x")]
    [InlineData(P.RequestUri, "x")]
    [InlineData(P.IdTokenHint, "x")]
    [Spec("AZ-18")]
    [Spec("RFC6749-3.1")]
    public void Nothing_is_sent_twice(string name, string value)
    {
        var failure = Sent.By(App).With(name, value).And(name, value).To(App).Returned("invalid_request");

        Assert.Equal(name, failure.Error.Field);
        Assert.Equal(name == P.State ? null : "xyz", failure.Request.State);
    }

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("", "invalid_request")]
    [InlineData("token", "unsupported_response_type")]
    [InlineData("id_token", "unsupported_response_type")]
    [InlineData("code id_token", "unsupported_response_type")]
    [InlineData("code token", "unsupported_response_type")]
    [InlineData("CODE", "unsupported_response_type")]
    [InlineData(" code", "unsupported_response_type")]
    [InlineData("code code", "unsupported_response_type")]
    [InlineData("none", "unsupported_response_type")]
    [Spec("AZ-19")]
    [Spec("AZ-20")]
    public void The_response_type_is_code(string? sent, string error)
    {
        foreach (var client in new[] { App, TestClients.Public })
        {
            var failure = Sent.By(client).With(P.ResponseType, sent).To(client).Returned(error);
            Assert.Equal(ResponseMode.Query, failure.Request.ResponseMode);
        }
    }

    [Theory]
    [InlineData(null, ResponseMode.Query)]
    [InlineData("query", ResponseMode.Query)]
    [InlineData("form_post", ResponseMode.FormPost)]
    [Spec("AZ-22")]
    public void The_answer_travels_as_asked(string? sent, ResponseMode mode) =>
        Assert.Equal(mode, Sent.By(App).With(P.ResponseMode, sent).To(App).Valid().Identified.ResponseMode);

    [Theory]
    [InlineData("fragment")]
    [InlineData("web_message")]
    [InlineData("query.jwt")]
    [InlineData("FORM_POST")]
    [InlineData("junk")]
    [Spec("AZ-22")]
    public void Other_response_modes_are_refused_in_the_query(string sent) =>
        Assert.Equal(ResponseMode.Query, Sent.By(App).With(P.ResponseMode, sent).To(App).Returned("invalid_request").Request.ResponseMode);

    [Fact]
    [Spec("AZ-22")]
    public void A_refusal_travels_as_the_answer_would() =>
        Assert.Equal(ResponseMode.FormPost, Sent.By(App).With(P.ResponseMode, "form_post").With(P.Prompt, "foo").To(App).Returned("invalid_request").Request.ResponseMode);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [Spec("AZ-25")]
    public void Without_a_challenge_nobody_gets_a_code(string? sent)
    {
        Sent.By(App).With(P.CodeChallenge, sent).To(App).Returned("invalid_request");
        Sent.By(App).With(P.CodeChallenge, sent).Without(P.CodeChallengeMethod).To(App).Returned("invalid_request");
        Sent.By(TestClients.Public).With(P.CodeChallenge, sent).Without(P.CodeChallengeMethod).To(TestClients.Public).Returned("invalid_request");
    }

    [Fact]
    [Spec("AZ-25")]
    public void A_confidential_client_may_be_excused_from_PKCE_and_a_public_one_never()
    {
        Assert.Null(Sent.By(App).Without(P.CodeChallenge, P.CodeChallengeMethod).To(App with { PkceOptional = true }).Valid().CodeChallenge);
        Sent.By(TestClients.Public).Without(P.CodeChallenge, P.CodeChallengeMethod).To(TestClients.Public with { PkceOptional = true }).Returned("invalid_request");
        Sent.By(App).Without(P.CodeChallenge).To(App with { PkceOptional = true }).Returned("invalid_request");
    }

    [Theory]
    [InlineData("plain")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s256")]
    [InlineData("S512")]
    [InlineData("S256 ")]
    [Spec("AZ-26")]
    [Spec("RFC7636-4.3")]
    public void The_challenge_method_is_S256(string? sent)
    {
        foreach (var client in new[] { App, App with { PkceOptional = true }, TestClients.Linode })
        {
            Sent.By(client).With(P.CodeChallengeMethod, sent).To(client).Returned("invalid_request");
        }
    }

    [Theory]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw/cM")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c\u00e9")]
    [InlineData("x")]
    [Spec("AZ-27")]
    public void The_challenge_is_43_characters_of_base64url(string sent)
    {
        foreach (var client in new[] { App, App with { PkceOptional = true }, TestClients.Linode })
        {
            Sent.By(client).With(P.CodeChallenge, sent).To(client).Returned("invalid_request");
            Sent.By(client).With(P.CodeChallenge, sent.PadRight(129, 'a')).To(client).Returned("invalid_request");
        }
    }

    [Theory]
    [InlineData(null, Prompt.Default)]
    [InlineData("", Prompt.Default)]
    [InlineData("none", Prompt.None)]
    [InlineData("login", Prompt.Login)]
    [InlineData("consent", Prompt.Consent)]
    [InlineData("select_account", Prompt.SelectAccount)]
    [InlineData("login consent", Prompt.Login | Prompt.Consent)]
    [InlineData("consent login", Prompt.Login | Prompt.Consent)]
    [InlineData("none none", Prompt.None)]
    public void A_prompt_is_read(string? sent, Prompt prompt) => Assert.Equal(prompt, Sent.By(App).With(P.Prompt, sent).To(App).Valid().Prompt);

    [Theory]
    [InlineData("none login")]
    [InlineData("login none")]
    [InlineData("none consent")]
    [InlineData("none select_account")]
    [InlineData("foo")]
    [InlineData("login foo")]
    [InlineData("NONE")]
    [InlineData("login,consent")]
    [InlineData("login\tconsent")]
    [Spec("AZ-33")]
    public void A_prompt_that_contradicts_itself_is_refused(string sent) => Sent.By(App).With(P.Prompt, sent).To(App).Returned("invalid_request");

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("010", 10)]
    [InlineData("2147483647", 2147483647)]
    [Spec("AZ-35")]
    public void A_max_age_is_a_number_of_seconds(string? sent, int? seconds) =>
        Assert.Equal(seconds, (int?)Sent.By(App).With(P.MaxAge, sent).To(App).Valid().MaxAge?.TotalSeconds);

    [Theory]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("abc")]
    [InlineData("99999999999999999999")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775808")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("1.0")]
    [InlineData("1,000")]
    [InlineData("\u0661")]
    [InlineData("\uff11")]
    [Spec("AZ-36")]
    [Spec("XI-10")]
    public void A_max_age_that_is_no_plain_number_is_refused(string sent) => Sent.By(App).With(P.MaxAge, sent).To(App).Returned("invalid_request");

    [Theory]
    [InlineData(P.Request, "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData(P.RequestUri, "https://canary.example/", "request_uri_not_supported")]
    [InlineData(P.RequestUri, "file:///etc/passwd", "request_uri_not_supported")]
    [InlineData(P.RequestUri, "urn:ietf:params:oauth:request_uri:x", "request_uri_not_supported")]
    [Spec("AZ-42")]
    public void Request_objects_are_refused_unread(string name, string value, string error)
    {
        Sent.By(App).With(name, value).To(App).Returned(error);
        Sent.By(App).With(name, value).Without(P.ResponseType, P.CodeChallenge).To(App).Returned(error);
    }

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("https://api.example.com/v4?x=1", true)]
    [InlineData("urn:example:api", true)]
    [InlineData("https://api.example.com/#", false)]
    [InlineData("https://api.example.com/#x", false)]
    [InlineData("/v4", false)]
    [InlineData("v4", false)]
    [InlineData("//api.example.com", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData(" https://api.example.com", false)]
    [InlineData("https://api.example.com\n", false)]
    [Spec("RFC8707-2")]
    public void A_resource_is_an_absolute_uri_without_a_fragment(string sent, bool valid)
    {
        var outcome = Sent.By(App).With(P.Resource, sent).To(App);
        if (valid)
        {
            Assert.Equal(sent, outcome.Valid().Resource);
        }
        else
        {
            outcome.Returned("invalid_target");
        }
    }
}
