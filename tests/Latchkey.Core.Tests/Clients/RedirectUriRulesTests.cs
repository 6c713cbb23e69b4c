using CsCheck;
using Latchkey.Core.Clients;

namespace Latchkey.Core.Tests.Clients;

[Spec("RFC6749-3.1.2")]
public sealed class RedirectUriRulesTests
{
    [Theory]
    [InlineData("https://app.example.com/callback")]
    [InlineData("https://app.example.com")]
    [InlineData("https://app.example.com:8443/cb?tenant=7&mode=code")]
    [InlineData("https://app.example.com/?x=%20y")]
    [InlineData("https://[2001:db8::1]/cb")]
    [InlineData("https://xn--bcher-kva.example/cb")]
    [InlineData("http://127.0.0.1/cb")]
    [InlineData("http://127.0.0.1:3000/cb")]
    [InlineData("http://[::1]/cb")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:3000/oauth/callback")]
    [InlineData("com.example.app:/callback")]
    [InlineData("com.example.app://callback")]
    [InlineData("https://app.example.com/?codes=1&estate=2&discode=3")]
    [Spec("RFC8252-7.3")]
    public void These_may_be_registered(string uri) => Assert.Null(RedirectUriRules.Problem(uri));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("http://app.example.com/cb", "http beyond loopback")]
    [InlineData("http://127.0.0.2/cb", "http beyond loopback")]
    [InlineData("http://127.1/cb", "another spelling of loopback")]
    [InlineData("http://0x7f.1/cb", "another spelling of loopback")]
    [InlineData("http://2130706433/cb", "another spelling of loopback")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/cb", "another spelling of loopback")]
    [InlineData("http://localhost./cb", "trailing dot")]
    [InlineData("http://LOCALHOST/cb", "another case")]
    [InlineData("http://localhost.evil.example/cb", "only looks like loopback")]
    [InlineData("http://127.0.0.1.evil.example/cb", "only looks like loopback")]
    [InlineData("http://127.0.0.1@evil.example/cb", "user name")]
    [InlineData("http://127.0.0.1:80@evil.example/cb", "user name")]
    [InlineData("https://app.example.com/cb#", "empty fragment")]
    [InlineData("https://app.example.com/cb#x", "fragment")]
    [InlineData("https://user@app.example.com/cb", "user name")]
    [InlineData("https://user:password@app.example.com/cb", "password")]
    [InlineData("https://@app.example.com/cb", "empty user name")]
    [InlineData("com.example.app://user@host/cb", "user name in an app's own scheme")]
    [InlineData("https://*.example.com/cb", "wildcard")]
    [InlineData("https://app.example.com/*", "wildcard")]
    [InlineData("/callback", "relative")]
    [InlineData("callback", "relative")]
    [InlineData("//app.example.com/cb", "no scheme")]
    [InlineData("?x=1", "relative")]
    [InlineData("https:", "no host")]
    [InlineData("https://", "no host")]
    [InlineData("https:///cb", "no host")]
    [InlineData("https:app.example.com/cb", "no slashes")]
    [InlineData("HTTPS://app.example.com/cb", "scheme in upper case")]
    [InlineData("javascript:alert(1)", "script")]
    [InlineData("JavaScript:alert(1)", "script")]
    [InlineData("javascript://app.example.com/%0aalert(1)", "script")]
    [InlineData("data:text/html,x", "data")]
    [InlineData("vbscript:x", "script")]
    [InlineData("file:///etc/passwd", "file")]
    [InlineData("blob:https://app.example.com/x", "blob")]
    [InlineData("about:blank", "about")]
    [InlineData("ftp://app.example.com/cb", "ftp")]
    [InlineData("myapp:/callback", "a scheme that is nobody's domain")]
    [InlineData("urn:ietf:wg:oauth:2.0:oob", "out of band")]
    [InlineData("https://app.example.com/c b", "space")]
    [InlineData(" https://app.example.com/cb", "space before")]
    [InlineData("https://app.example.com/cb ", "space after")]
    [InlineData("https://app.example.com/\r\nx", "line break")]
    [InlineData("https://app.example.com/\tx", "tab")]
    [InlineData("https://app.example.com/\0", "NUL")]
    [InlineData("https://app.example.com/cb%0d%0aX", "line break, encoded")]
    [InlineData("https://app.example.com/cb%0Ax", "line break, encoded")]
    [InlineData("https://app.example.com/cb?x=%09", "tab, encoded")]
    [InlineData("https://app.example.com/cb%00", "NUL, encoded")]
    [InlineData("https://app.example.com/cb%7f", "DEL, encoded")]
    [InlineData("https://app.example.com/cb%c2%85", "next line, encoded")]
    [InlineData("https://app.example.com/%5cevil", "backslash, encoded")]
    [InlineData("com.example.app:/cb%5C", "backslash, encoded")]
    [InlineData("https://app.example.com\\@evil.example/cb", "backslash")]
    [InlineData("https://b\u00fccher.example/cb", "letters beyond ASCII")]
    [InlineData("https://\u0430pp.example.com/cb", "Cyrillic a")]
    [InlineData("https://app\uff0eexample.com/cb", "full-width dot")]
    [InlineData("https://app.example.com/\u200d", "joiner")]
    [InlineData("https://app.example.com/<script>", "markup")]
    [InlineData("https://app.example.com/\"", "quote")]
    [InlineData("https://app.example.com/cb?code=x", "our own parameter")]
    [InlineData("https://app.example.com/cb?a=b&state=x", "our own parameter")]
    [InlineData("https://app.example.com/cb?iss=x", "our own parameter")]
    [InlineData("https://app.example.com/cb?error=x", "our own parameter")]
    [InlineData("https://app.example.com/cb?error_description", "our own parameter")]
    [InlineData("https://app.example.com/cb?%63ode=x", "our own parameter, encoded")]
    [InlineData("https://app.example.com/cb?c%6Fde=x", "our own parameter, encoded")]
    [InlineData("https://app.example.com/cb?Code=x", "our own parameter: many frameworks do not tell the case apart")]
    [InlineData("https://app.example.com/cb??code=x", "our own parameter")]
    [InlineData("com.example.app:/cb?code=x", "our own parameter")]
    [InlineData("http://localhost?state=x", "our own parameter")]
    [Spec("RG-02")]
    public void These_may_not_be_registered(string uri, string because) =>
        Assert.True(RedirectUriRules.Problem(uri) is { Length: > 0 }, because);

    [Fact]
    [Spec("RG-02")]
    public void A_redirect_uri_has_at_most_2000_characters()
    {
        Assert.Null(RedirectUriRules.Problem("https://app.example.com/".PadRight(2000, 'x')));
        Assert.NotNull(RedirectUriRules.Problem("https://app.example.com/".PadRight(2001, 'x')));
        Assert.NotNull(RedirectUriRules.Problem("https://app.example.com/".PadRight(10_000_000, 'x')));
    }

    [Fact]
    [Spec("XI-14")]
    public void No_text_breaks_a_rule() => Gen.Select(Hostile, Hostile).Sample((a, b) =>
    {
        _ = RedirectUriRules.Problem(a);
        _ = RedirectUriRules.IsLoopback(a);
        _ = RedirectUriRules.MatchesAsLinode(a, b);
        return RedirectUriRules.Matches(a, a) && RedirectUriRules.Matches(a, b) == RedirectUriRules.Matches(b, a);
    });

    [Theory]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb", true)]
    [InlineData("http://[::1]/cb", "http://[::1]:51004/cb", true)]
    [InlineData("http://localhost/cb", "http://localhost:51004/cb", true)]
    [InlineData("http://localhost:3000/cb", "http://localhost/cb", true)]
    [InlineData("http://localhost:3000/cb?a=1", "http://localhost:4000/cb?a=1", true)]
    [InlineData("http://localhost", "http://localhost:51004", true)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:65535/cb", true)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:0/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:999999/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:-1/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:\u0665/cb", false)]          // a digit, but not one of ours
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb/", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/CB", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb?x=1", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb#", false)]
    [InlineData("http://127.0.0.1/cb", "http://localhost:51004/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://[::1]:51004/cb", false)]
    [InlineData("http://127.0.0.1/cb", "https://127.0.0.1:51004/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:1@evil.example/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb\n", false)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb\nx", false)]
    [InlineData("http://127.0.0.1/cb", "xhttp://127.0.0.1:51004/cb", false)]
    [InlineData("http://localhost", "http://localhost:51004/", false)]
    [InlineData("https://localhost/cb", "https://localhost:51004/cb", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com:8443/cb", false)]
    [Spec("AZ-12")]
    [Spec("RFC8252-7.3")]
    public void The_port_of_a_loopback_address_is_free_and_nothing_else(string registered, string sent, bool matches) =>
        Assert.Equal(matches, RedirectUriRules.Matches(registered, sent));

    [Fact]
    [Spec("AZ-04")]
    [Spec("RFC9700-4.1.3")]
    public void Beyond_loopback_nothing_but_the_same_bytes_match() =>
        Gen.Select(Uris, Hostile).Sample((registered, sent) => RedirectUriRules.Matches(registered, sent) == (registered == sent)
            || (RedirectUriRules.IsLoopback(registered) && WithoutPort(registered) == WithoutPort(sent)), iter: 5_000);

    [Theory]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb", true)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?returnTo=/linodes", true)]       // Cloud Manager's habit
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?", true)]
    [InlineData("http://localhost:3000/oauth/callback", "http://localhost:3000/oauth/callback?returnTo=/linodes", true)]
    [InlineData("http://localhost", "http://localhost:51004/", true)]                                      // linode-cli's habit
    [InlineData("http://localhost", "http://localhost:51004", true)]
    [InlineData("http://localhost", "http://localhost:51004//", false)]
    [InlineData("http://localhost", "http://localhost:51004/x", false)]
    [InlineData("https://app.example.com", "https://app.example.com/", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb/", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb/x?returnTo=/", false)]            // no path prefix rule
    [InlineData("https://app.example.com/cb", "https://app.example.com/CB?returnTo=/", false)]
    [InlineData("https://app.example.com/cb", "https://evil.example/cb?returnTo=/", false)]
    [InlineData("https://app.example.com/cb", "https://evil.example/?https://app.example.com/cb", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?returnTo=/#x", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?returnTo=\r\nSet-Cookie:x", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?returnTo=\\evil", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?returnTo=<b>", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?returnTo=%2Flinodes", true)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?a=%0d%0aX", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?a=%00", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?a=%09", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?a=%5cevil", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?a=%5Cevil", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?code=stolen", false)]             // would be read as our answer
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?returnTo=/&code=stolen", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?%63ode=stolen", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?CODE=stolen", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb??code=stolen", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?&&state=x", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?iss=https://evil.example", false)]
    [InlineData("https://app.example.com/cb", "https://app.example.com/cb?+error=x", true)]                 // " error" is another name
    [Spec("RFC9700-4.1.3")]
    public void Linodes_clients_may_append_a_query_and_nothing_else(string registered, string sent, bool matches) =>
        Assert.Equal(matches, RedirectUriRules.MatchesAsLinode(registered, sent));

    [Fact]
    public void What_Linodes_clients_may_send_keeps_its_scheme_host_and_path() =>
        Gen.Select(Uris, Hostile).Sample((registered, sent) => !RedirectUriRules.MatchesAsLinode(registered, sent)
            || (WithoutPort(sent.Split('?')[0]).TrimEnd('/') == WithoutPort(registered).Split('?')[0].TrimEnd('/') && !sent.Contains('#', StringComparison.Ordinal)));

    [Fact]
    [Spec("XI-02")]
    public void A_long_text_matches_nothing_and_costs_nothing()
    {
        var longest = "http://127.0.0.1:1/" + new string('/', 1_000_000);

        Assert.False(RedirectUriRules.Matches("http://127.0.0.1/cb", longest));
        Assert.False(RedirectUriRules.MatchesAsLinode("http://127.0.0.1/cb", longest));
    }

    private static readonly string[] Known =
    [
        "https://app.example.com/cb", "https://app.example.com/cb?a=1", "http://127.0.0.1/cb", "http://localhost:3000/cb", "http://localhost",
        "http://[::1]:8080/", "com.example.app:/callback",
    ];

    private static readonly Gen<string> Uris = Gen.OneOf(Known);

    // A registered URI with one place changed, something cut out or something added; or just any text.
    private static readonly Gen<string> Hostile = Gen.Frequency(
        (1, Gen.String),
        (2, Uris),
        (2, Gen.Select(Uris, Gen.Int[0, 40], (uri, at) => at >= uri.Length ? uri.ToUpperInvariant() : uri[..at] + char.ToUpperInvariant(uri[at]) + uri[(at + 1)..])),
        (9, Gen.Select(Uris, Gen.Int[0, 40], Gen.Int[0, 2], Gen.OneOf(":51004", "/", "?x=1", "#", "%2F", ".", "@evil.example", "\n", "\0", "A", "\\", "..", " ", "\u0665"))
            .Select((uri, at, cut, more) => uri[..Math.Min(at, uri.Length)] + more + uri[Math.Min(at + cut, uri.Length)..])));

    private static string WithoutPort(string uri) => System.Text.RegularExpressions.Regex.Replace(uri, @"^(http://[^/?:\[]+|http://\[::1\]):[0-9]{1,5}(?=[/?]|$)", "$1");
}
