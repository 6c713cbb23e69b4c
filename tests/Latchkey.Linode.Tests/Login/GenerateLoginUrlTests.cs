using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Login;

public sealed class GenerateLoginUrlTests
{
    [Fact]
    [Spec("RFC6749-4.1.1")]
    public void The_address_carries_what_the_login_server_needs()
    {
        ScopeSet requested = [OAuthScopes.NodeBalancers.All, OAuthScopes.Linodes.View];
        var request = new LinodeLoginClient("the-client", "the-secret").GenerateLoginUrl(requested, new Uri("https://app.example/callback?x=1"));

        Assert.StartsWith("https://login.linode.com/oauth/authorize?", request.Url.AbsoluteUri, StringComparison.Ordinal);
        var query = Query(request.Url);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("the-client", query["client_id"]);
        Assert.Equal("https://app.example/callback?x=1", query["redirect_uri"]);
        Assert.Equal("linodes:read_only nodebalancers:*", query["scope"]);
        Assert.DoesNotContain("scopes", query.Keys);
        Assert.Equal(request.State, query["state"]);
    }

    [Fact]
    [Spec("RFC7636-4.3")]
    public void The_challenge_is_the_hash_of_the_verifier_that_stays_behind()
    {
        var request = new LinodeLoginClient("the-client").GenerateLoginUrl(OAuthScopes.All);

        Assert.Equal(CodeChallenge.Of(request.CodeVerifier).Text, Query(request.Url)["code_challenge"]);
        Assert.Equal("S256", Query(request.Url)["code_challenge_method"]);
        Assert.DoesNotContain(request.CodeVerifier.Reveal(), request.Url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    [Spec("CL-05")]
    public void State_and_verifier_are_fresh_for_each_login()
    {
        var client = new LinodeLoginClient("the-client");
        var requests = Enumerable.Range(0, 100).Select(_ => client.GenerateLoginUrl(OAuthScopes.All)).ToList();

        Assert.Equal(100, requests.Select(r => r.State).Distinct().Count());
        Assert.Equal(100, requests.Select(r => r.CodeVerifier.Reveal()).Distinct().Count());
        Assert.All(requests, r => Assert.True(r.State.Length >= 32));
    }

    [Fact]
    public void Without_a_redirect_address_the_registered_one_is_meant() =>
        Assert.DoesNotContain("redirect_uri", Query(new LinodeLoginClient("the-client").GenerateLoginUrl(OAuthScopes.All).Url).Keys);

    [Fact]
    public void A_login_server_below_a_path_keeps_its_path() =>
        Assert.StartsWith(
            "https://example.com/login/oauth/authorize?",
            new LinodeLoginClient("c", baseUrl: new Uri("https://example.com/login/")).GenerateLoginUrl(OAuthScopes.All).Url.AbsoluteUri,
            StringComparison.Ordinal);

    private static Dictionary<string, string> Query(Uri uri) => uri.Query.TrimStart('?').Split('&')
        .Select(p => p.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
}
