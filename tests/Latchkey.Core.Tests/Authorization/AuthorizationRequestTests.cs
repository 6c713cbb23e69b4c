using Latchkey.Core.Clients;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

/// <summary>Steps one and two: which client, and where it may be answered; and the order of everything.</summary>
[Spec("RFC6749-4.1.1")]
[Spec("RFC6749-4.1.2.1")]
public sealed class AuthorizationRequestTests
{
    private static readonly Client App = TestClients.Confidential;

    /// <summary>Everything wrong at once, then mended one by one.</summary>
    [Fact]
    public void The_checks_come_in_a_fixed_order()
    {
        var said = new List<string>();
        var sent = Sent.By(App)
            .With("junk", new string('x', 4097)).With("nul", "\0").And(P.ClientId, "twice")
            .With(P.RedirectUri, "https://evil.example/").And(P.RedirectUri, "twice").And(P.State, "twice")
            .With(P.Request, "x").With(P.RequestUri, "https://canary.example/").With(P.ResponseType, null).With(P.ResponseMode, "fragment")
            .Without(P.CodeChallenge).With(P.CodeChallengeMethod, "plain").With(P.Scope, "\\")
            .With(P.Prompt, "foo").With(P.MaxAge, "-1").With(P.Resource, "relative");
        Client? client = null;

        void Note() => said.Add(sent.To(client) switch
        {
            { Identified: null, Failure: { } failure } => $"page: {failure.Error.Description}",
            { Failure: { } failure } => $"{failure.Error.Code}: {failure.Error.Field ?? "-"}",
            _ => "valid",
        });

        Note();
        sent = sent.Without("junk");
        Note();
        sent = sent.Without("nul");
        Note();
        sent = sent.Without(P.ClientId);
        Note();
        sent = sent.With(P.ClientId, App.Id);
        Note();
        client = App with { Status = ClientStatus.Disabled, Api = true, Grants = [] };
        Note();
        client = client with { Status = ClientStatus.Active };
        Note();
        client = client with { Api = false };
        Note();
        sent = sent.Without(P.RedirectUri);
        Note();
        sent = sent.With(P.RedirectUri, "https://evil.example/");
        Note();
        sent = sent.With(P.RedirectUri, TestClients.Callback);
        Note();
        sent = sent.With(P.State, "once");
        Note();
        sent = sent.Without(P.Request);
        Note();
        sent = sent.Without(P.RequestUri);
        Note();
        sent = sent.With(P.ResponseType, "token");
        Note();
        sent = sent.With(P.ResponseType, "code");
        Note();
        sent = sent.With(P.ResponseMode, "query");
        Note();
        client = client with { Grants = [GrantTypes.AuthorizationCode] };
        Note();
        sent = sent.With(P.CodeChallenge, "short");
        Note();
        sent = sent.With(P.CodeChallengeMethod, "S256");
        Note();
        sent = sent.With(P.CodeChallenge, Sent.Challenge);
        Note();
        sent = sent.With(P.Scope, "linodes:read_only");
        Note();
        sent = sent.With(P.Prompt, "login");
        Note();
        sent = sent.With(P.MaxAge, "1");
        Note();
        sent = sent.With(P.Resource, "https://api.example.com");
        Note();

        Assert.Equal(
            [
                "page: A parameter is too long.",
                "page: A parameter holds a character that it cannot.",
                "page: client_id was sent more than once.",
                "page: client_id is missing.",
                "page: No app is registered under this client_id.",
                "page: This app has been disabled.",
                "page: This client is an API; it cannot send users here.",
                "page: redirect_uri was sent more than once.",
                "page: redirect_uri is missing.",
                "page: redirect_uri is not registered for this app; it has to match to the letter.",
                "invalid_request: state",
                "request_not_supported: -",
                "request_uri_not_supported: -",
                "invalid_request: response_type",
                "unsupported_response_type: -",
                "invalid_request: response_mode",
                "unauthorized_client: -",
                "invalid_request: code_challenge",
                "invalid_request: code_challenge_method",
                "invalid_request: code_challenge",
                "invalid_scope: scope",
                "invalid_request: prompt",
                "invalid_request: max_age",
                "invalid_target: resource",
                "valid",
            ],
            said);
    }

    [Fact]
    public void A_valid_request_carries_what_was_sent()
    {
        var request = Sent.By(App).With(P.Nonce, "n-0S6").With(P.Resource, "https://api.example.com").To(App).Valid();

        Assert.Equal((App, TestClients.Callback, "xyz"), (request.Identified.Client, request.Identified.RedirectUri, request.Identified.State));
        Assert.Equal((Sent.Challenge, "n-0S6", "https://api.example.com"), (request.CodeChallenge!.Text, request.Nonce, request.Resource));
        Assert.Equal(ScopeSet.Parse("linodes:read_write"), request.Scopes);
        Assert.Null(request.MaxAge);
        Assert.False(request.Implicit);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [Spec("AZ-02")]
    public void Without_a_client_id_the_person_is_told(string? sent) => Sent.By(App).With(P.ClientId, sent).To(App).Shown();

    [Fact]
    [Spec("AZ-02")]
    public void An_unknown_client_is_told_to_the_person() => Sent.By(App).To(null).Shown();

    [Theory]
    [InlineData(ClientStatus.Disabled)]
    [InlineData(ClientStatus.Suspended)]
    [InlineData((ClientStatus)9)]
    [Spec("AZ-51")]
    public void A_client_that_is_not_active_is_not_answered(ClientStatus status) => Sent.By(App).To(App with { Status = status }).Shown();

    [Fact]
    [Spec("AZ-51")]
    public void A_client_without_the_code_grant_is_told_so() =>
        Sent.By(App).To(App with { Grants = [GrantTypes.RefreshToken] }).Returned("unauthorized_client");

    [Theory]
    [InlineData(P.ClientId)]
    [InlineData(P.RedirectUri)]
    [Spec("AZ-17")]
    [Spec("RFC6749-3.1")]
    public void What_proves_the_client_is_sent_once_even_when_both_say_the_same(string name)
    {
        Sent.By(App).And(name, name == P.ClientId ? App.Id : TestClients.Callback).To(App).Shown();
        Sent.By(App).And(name, "").To(App).Shown();
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    [InlineData(100_000, false)]
    [Spec("XI-02")]
    public void A_parameter_has_at_most_4096_characters(int length, bool valid) =>
        Assert.Equal(valid, Sent.By(App).With(P.State, new string('s', length)).To(App).Request is not null);

    [Fact]
    [Spec("XI-04")]
    public void No_parameter_holds_NUL() => Assert.All(
        new[] { P.State, P.Nonce, P.Scope, P.MaxAge, "unknown" }, name => Sent.By(App).With(name, "1\0").To(App).Shown());

    [Theory]
    [InlineData("display", "page")]
    [InlineData("ui_locales", "de fr")]
    [InlineData("claims_locales", "de")]
    [InlineData("login_hint", "<script>")]
    [InlineData("acr_values", "1")]
    [InlineData("id_token_hint", "x")]
    [InlineData("claims", "{}")]
    [InlineData("foo", "bar")]
    [Spec("AZ-41")]
    public void What_is_not_known_here_is_ignored(string name, string value) => Sent.By(App).With(name, value).To(App).Valid();

    [Theory]
    [InlineData("display", 0)]
    [InlineData("foo", 0)]
    [InlineData("", 0)]
    [InlineData("foo", 100)]
    [Spec("AZ-18")]
    [Spec("RFC6749-3.1")]
    public void Not_even_what_is_ignored_is_sent_twice(string name, int others)
    {
        var sent = Enumerable.Range(0, others).Aggregate(Sent.By(App), (s, n) => s.And($"x{n}", "1")).And(name, "1");

        sent.To(App).Valid();
        sent.And(name.ToUpperInvariant() + "x", "1").To(App).Valid();
        var error = sent.And(name, "1").To(App).Returned("invalid_request").Error;
        Assert.Equal("A parameter was sent more than once.", error.Description);
        Assert.Null(error.Field);
    }

    [Fact]
    [Spec("LX-01")]
    public void What_was_sent_does_not_print()
    {
        var outcome = Sent.By(App).With(P.State, "my-state").With(P.Nonce, "my-nonce").With(P.Prompt, "foo").To(App);

        Assert.DoesNotContain("my-state", outcome.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("my-state", outcome.Failure!.ToString(), StringComparison.Ordinal);
        var valid = Sent.By(App).With(P.State, "my-state").With(P.Nonce, "my-nonce").To(App).Valid();
        Assert.DoesNotContain("my-", valid.ToString(), StringComparison.Ordinal);
    }
}
