using CsCheck;
using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

[Spec("RFC6749-4.1.2")]
public sealed class AuthorizationAnswerTests
{
    private const string Issuer = "https://login.example.com";
    private static readonly AuthorizationCode Code = new("lkc123");

    [Fact]
    [Spec("AZ-01")]
    [Spec("AZ-24")]
    [Spec("RFC9207-2")]
    public void Success_carries_code_state_and_issuer() => Assert.Equal(
        "https://app.example.com/callback?code=lkc123&state=xyz&iss=https%3A%2F%2Flogin.example.com",
        AuthorizationAnswer.Success(Identified(), Code, Issuer).ToUrl());

    [Fact]
    [Spec("AZ-24")]
    [Spec("RFC9207-2")]
    [Spec("RFC6749-4.1.2.1")]
    public void Failure_carries_error_state_and_issuer_and_no_code() => Assert.Equal(
        "https://app.example.com/callback?error=access_denied&error_description=The%20user%20denied%20the%20request.&state=xyz&iss=https%3A%2F%2Flogin.example.com",
        AuthorizationAnswer.Failure(Identified(), OAuthErrors.AccessDenied, Issuer).ToUrl());

    [Theory]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?code=")]
    [InlineData("https://app.example.com/cb?a=1", "https://app.example.com/cb?a=1&code=")]
    [InlineData("https://app.example.com/cb?a=1&b=%20%2b", "https://app.example.com/cb?a=1&b=%20%2b&code=")]
    [InlineData("https://app.example.com/cb?a=1&", "https://app.example.com/cb?a=1&code=")]
    [InlineData("https://app.example.com/cb?", "https://app.example.com/cb?code=")]
    [InlineData("https://app.example.com", "https://app.example.com?code=")]
    [InlineData("com.example.app:/cb", "com.example.app:/cb?code=")]
    [Spec("AZ-08")]
    public void The_redirect_uris_own_query_stays_first_and_as_it_is(string registered, string start) =>
        Assert.StartsWith(start, AuthorizationAnswer.Success(Identified("s", registered), Code, Issuer).ToUrl(), StringComparison.Ordinal);

    [Theory]
    [InlineData("+ & = # % \" <")]
    [InlineData("a+b c%20d%2Be")]
    [InlineData("\U0001F511 \u00e9 e\u0301 \u202e")]     // astral, composed, decomposed, right-to-left
    [InlineData("?code=stolen&iss=https://evil.example")]
    [InlineData("\r\nSet-Cookie: x")]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData(" ")]
    [Spec("AZ-23")]
    public void The_state_comes_back_byte_for_byte(string state)
    {
        Assert.Equal(state, Echo(AuthorizationAnswer.Success(Identified(state), Code, Issuer).ToUrl()));
        Assert.Equal(state, Echo(AuthorizationAnswer.Failure(Identified(state), OAuthErrors.AccessDenied, Issuer).ToUrl()));
    }

    [Fact]
    [Spec("AZ-23")]
    public void Every_state_comes_back_byte_for_byte() => State.Array[1, 500].Select(string.Concat).Sample(state =>
    {
        var url = AuthorizationAnswer.Success(Identified(state), Code, Issuer).ToUrl();
        return Echo(url) == state && url.All(c => c is > ' ' and <= '~') && !url.Contains('#', StringComparison.Ordinal)
            && Parameters(url).Count(p => p.Key is P.Code or P.State or P.Issuer) == 3;
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [Spec("AZ-23")]
    public void Without_a_state_there_is_none(string? state)
    {
        Assert.DoesNotContain("state", AuthorizationAnswer.Success(Identified(state), Code, Issuer).ToUrl(), StringComparison.Ordinal);
        Assert.DoesNotContain(P.State, AuthorizationAnswer.Failure(Identified(state), OAuthErrors.AccessDenied, Issuer).Parameters.Select(p => p.Key));
    }

    [Fact]
    [Spec("AZ-22")]
    public void A_form_carries_the_same_parameters_in_the_same_order() => Assert.Equal(
        [new(P.Code, "lkc123"), new(P.State, "<\"&'>"), new(P.Issuer, Issuer)],
        AuthorizationAnswer.Success(Identified("<\"&'>"), Code, Issuer).Parameters);

    [Fact]
    [Spec("AZ-20")]
    public void An_implicit_answer_travels_in_the_fragment_where_linode_cli_finds_it()
    {
        var client = TestClients.PublicLinode with { RedirectUris = ["http://localhost/"] };
        var request = Sent.By(client).With(P.RedirectUri, "http://localhost:51004/?x=1").With(P.ResponseType, "token")
            .Without(P.CodeChallenge, P.CodeChallengeMethod).To(client).Valid();

        var url = AuthorizationAnswer.Implicit(request.Identified, new AccessToken("lka123"), 7200, request.Scopes, Issuer).ToUrl();

        Assert.Equal(
            "http://localhost:51004/?x=1#access_token=lka123&token_type=bearer&expires_in=7200&scope=linodes%3Aread_write&state=xyz&iss=https%3A%2F%2Flogin.example.com",
            url);
        Assert.Matches("access_token=([a-z0-9]+)", url);
    }

    [Fact]
    [Spec("LX-01")]
    public void An_answer_does_not_print_its_code() =>
        Assert.DoesNotContain("lkc123", AuthorizationAnswer.Success(Identified(), Code, Issuer).ToString()!, StringComparison.Ordinal);

    // Whole characters, also those beyond the first 65,536.
    private static readonly Gen<string> State = Gen.Frequency(
        (3, Gen.Int[1, 0x7f].Select(c => ((char)c).ToString())),
        (1, Gen.Int[0x80, 0xd7ff].Select(char.ConvertFromUtf32)),
        (1, Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32)));

    private static IdentifiedRequest Identified(string? state = "xyz", string registered = TestClients.Callback)
    {
        Client client = TestClients.Confidential with { RedirectUris = [registered] };
        return Sent.By(client).With(P.State, state).To(client).Valid().Identified;
    }

    private static string Echo(string url) => Parameters(url).Single(p => p.Key == P.State).Value;

    // As a client reads it: plus is a space, percent an escape.
    private static IEnumerable<KeyValuePair<string, string>> Parameters(string url) =>
        url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(p => p.Split('=', 2))
            .Select(p => new KeyValuePair<string, string>(p[0], Uri.UnescapeDataString(p[1].Replace('+', ' '))));
}
