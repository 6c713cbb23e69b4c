using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using P = Latchkey.Protocol.OAuthParameters;

namespace Latchkey.Core.Tests.Authorization;

/// <summary>Step two: to which redirect URI a client may be answered.</summary>
public sealed class IdentifiedRequestTests
{
    private static readonly Client App = TestClients.Confidential;

    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData(null, 2)]
    [Spec("AZ-03")]
    public void A_strict_client_always_sends_its_redirect_uri(string? sent, int registered) =>
        Sent.By(App).With(P.RedirectUri, sent)
            .To(App with { RedirectUris = [.. Enumerable.Range(0, registered).Select(n => TestClients.Callback + n)] }).Shown();

    [Theory]
    [InlineData("https://app.example.com/callback/x", "AZ-05 below")]
    [InlineData("https://app.example.com/callback/", "AZ-05 slash")]
    [InlineData("https://app.example.com/callbac", "AZ-05 shorter")]
    [InlineData("https://app.example.com/callback/../callback", "AZ-05 dots")]
    [InlineData("https://app.example.com", "AZ-05 origin")]
    [InlineData("https://App.example.com/callback", "AZ-06 host in another case")]
    [InlineData("https://app.example.com/Callback", "AZ-06 path in another case")]
    [InlineData("HTTPS://app.example.com/callback", "AZ-06 scheme in another case")]
    [InlineData("https://app.example.com/callback?x=1", "AZ-07 query added")]
    [InlineData("https://app.example.com/callback?", "AZ-07 empty query added")]
    [InlineData("https://app.example.com:443/callback", "AZ-09 default port")]
    [InlineData("https://app.example.com/%63allback", "AZ-09 needless escape")]
    [InlineData("https://app.example.com%2Fcallback", "AZ-09 escaped slash")]
    [InlineData("https://app.example.com/./callback", "AZ-09 dot segment")]
    [InlineData("https://app.example.com./callback", "AZ-09 trailing dot")]
    [InlineData("https://app.example.com//callback", "AZ-09 two slashes")]
    [InlineData("https://user@app.example.com/callback", "user name")]
    [InlineData("https://app.example.com@evil.example/callback", "user name")]
    [InlineData("https://evil.example/?https://app.example.com/callback", "AZ-04 elsewhere")]
    [InlineData("https://app.example.com.evil.example/callback", "AZ-04 elsewhere")]
    [InlineData("//app.example.com/callback", "AZ-04 without a scheme")]
    [InlineData("/callback", "AZ-04 relative")]
    [InlineData("javascript:alert(1)", "AZ-04 script")]
    [InlineData("https://app.example.com/callback#", "AZ-11 empty fragment")]
    [InlineData("https://app.example.com/callback#x", "AZ-11 fragment")]
    [InlineData("https://\u0430pp.example.com/callback", "AZ-15 homograph")]
    [InlineData("https://xn--pp-6kc.example.com/callback", "AZ-15 its punycode twin")]
    [InlineData("https://app\uff0eexample.com/callback", "AZ-15 full-width dot")]
    [InlineData("https://app\u200d.example.com/callback", "AZ-15 joiner")]
    [InlineData("https://app.example.com/callback\r\nSet-Cookie: x", "AZ-16 line break")]
    [InlineData("https://app.example.com/callback%0d%0aSet-Cookie:x", "AZ-16 line break, escaped")]
    [InlineData("https://app.example.com/callback\n", "AZ-16 line feed at the end")]
    [InlineData("https://app.example.com/\tcallback", "AZ-16 tab")]
    [InlineData("https://app.example.com/callback\0", "AZ-16 NUL")]
    [InlineData("https://app.example.com/callback%00", "AZ-16 NUL, escaped")]
    [InlineData("https://app.example.com\\callback", "AZ-16 backslash")]
    [InlineData("https://app.example.com/%5ccallback", "AZ-16 backslash, escaped")]
    [InlineData(" https://app.example.com/callback", "space before")]
    [InlineData("https://app.example.com/callback ", "space after")]
    [Spec("AZ-04")]
    [Spec("AZ-05")]
    [Spec("AZ-06")]
    [Spec("AZ-07")]
    [Spec("AZ-09")]
    [Spec("AZ-11")]
    [Spec("AZ-15")]
    [Spec("AZ-16")]
    public void A_redirect_uri_that_differs_anyhow_is_never_followed(string sent, string why) =>
        Assert.True(Sent.By(App).With(P.RedirectUri, sent).To(App).Failure is AuthorizationFailure.ShowToUser, why);

    [Theory]
    [InlineData("https://app.example.com/cb?a=1&b=2", "https://app.example.com/cb?a=1&b=2", true)]
    [InlineData("https://app.example.com/cb?a=1&b=2", "https://app.example.com/cb?b=2&a=1", false)]
    [InlineData("https://app.example.com/cb?a=1&b=2", "https://app.example.com/cb?a=1", false)]
    [InlineData("https://app.example.com/cb?a=1&b=2", "https://app.example.com/cb?a=1&b=3", false)]
    [InlineData("https://app.example.com/cb?a=1&b=2", "https://app.example.com/cb", false)]
    [Spec("AZ-07")]
    [Spec("AZ-08")]
    public void A_query_of_its_own_belongs_to_the_redirect_uri(string registered, string sent, bool valid) =>
        Assert.Equal(valid, Sent.By(App).With(P.RedirectUri, sent).To(App with { RedirectUris = [registered] }).Request is not null);

    [Theory]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb")]
    [InlineData("http://[::1]/cb", "http://[::1]:51004/cb")]
    [InlineData("http://localhost/cb", "http://localhost:51004/cb")]
    [Spec("AZ-12")]
    [Spec("RFC8252-7.3")]
    public void A_desktop_app_is_answered_at_the_port_it_got(string registered, string sent) =>
        Assert.Equal(sent, Sent.By(TestClients.Public).With(P.RedirectUri, sent).To(TestClients.Public with { RedirectUris = [registered] }).Valid().Identified.RedirectUri);

    [Fact]
    public void Any_registered_redirect_uri_will_do()
    {
        var client = App with { RedirectUris = ["https://a.example/", "https://b.example/"] };

        Assert.All(client.RedirectUris, uri => Assert.Equal(uri, Sent.By(client).With(P.RedirectUri, uri).To(client).Valid().Identified.RedirectUri));
    }

    [Fact]
    public void A_client_without_redirect_uris_is_answered_nowhere()
    {
        Sent.By(App).To(App with { RedirectUris = [] }).Shown();
        Sent.By(App).Without(P.RedirectUri).To(TestClients.Linode with { RedirectUris = [] }).Shown();
    }
}
