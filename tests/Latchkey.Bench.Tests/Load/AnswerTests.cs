using System.Text;
using Latchkey.Bench.Load;
using Latchkey.Bench.Operations;

namespace Latchkey.Bench.Tests.Load;

/// <summary>A server that answers errors fast must fail the bench, not win it.</summary>
public sealed class AnswerTests
{
    private const string Tokens = """{"access_token":"a1","refresh_token":"r1","scope":"linodes:read_write stackscripts:read_only"}""";
    private static readonly Answers Answers = new(Site(tellsScope: true));

    [Fact]
    public void Tokens_are_read_indented_or_not()
    {
        var (access, refresh) = Answers.Tokens(Http("200 OK", Tokens));
        var (indented, _) = Answers.Tokens(Http("200 OK", Tokens.Replace(":\"", ": \"", StringComparison.Ordinal).Replace(",", ",\n  ", StringComparison.Ordinal)));

        Assert.Equal("a1", Encoding.ASCII.GetString(access));
        Assert.Equal("r1", Encoding.ASCII.GetString(refresh));
        Assert.Equal(access, indented);
    }

    [Theory]
    [InlineData("400 Bad Request", Tokens)]
    [InlineData("200 OK", """{"error":"invalid_grant"}""")]
    [InlineData("200 OK", """{"access_token":"a1","scope":"linodes:read_write stackscripts:read_only"}""")]
    [InlineData("200 OK", """{"access_token":"a1","refresh_token":"r1","scope":"linodes:read_only"}""")]
    [InlineData("200 OK", """{"access_token":"a1","refresh_token":null,"scope":"linodes:read_write stackscripts:read_only"}""")]
    public void A_token_answer_without_its_tokens_ends_the_bench(string status, string body) =>
        Assert.Throws<BenchException>(() => Answers.Tokens(Http(status, body)));

    [Theory]
    [InlineData("200 OK", """{"active":false}""")]
    [InlineData("200 OK", """{"active":true}""")]
    [InlineData("401 Unauthorized", """{"active":true,"scope":"linodes:read_write stackscripts:read_only"}""")]
    public void A_token_that_is_not_found_living_ends_the_bench(string status, string body) =>
        Assert.Throws<BenchException>(() => Answers.Active(Http(status, body)));

    [Fact]
    public void A_server_that_keeps_the_scope_to_itself_is_not_asked_for_it() =>
        new Answers(Site(tellsScope: false)).Active(Http("200 OK", """{ "active": true }"""));

    [Fact]
    public void A_code_is_taken_from_the_redirect_wherever_it_stands_there()
    {
        Assert.Equal("c1", Encoding.ASCII.GetString(Answers.Code(Redirect($"code=c1&state={Requests.State}&iss=x"))));
        Assert.Equal("c1", Encoding.ASCII.GetString(Answers.Code(Redirect($"state={Requests.State}&code=c1"))));
    }

    [Theory]
    [InlineData("error=access_denied&state=" + Requests.State)]
    [InlineData("code=c1&state=another")]
    [InlineData("code=c1")]
    public void A_redirect_without_code_and_state_ends_the_bench(string query) =>
        Assert.Throws<BenchException>(() => Answers.Code(Redirect(query)));

    [Fact]
    public void A_page_in_place_of_a_redirect_ends_the_bench() =>
        Assert.Throws<BenchException>(() => Answers.Code(Http("200 OK", "<form>")));

    private static Answer Redirect(string query) => Http("302 Found", "", $"Location: http://127.0.0.1:9/callback?{query}\r\n");

    private static Answer Http(string status, string body, string headers = "")
    {
        var head = $"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\n\r\n";
        return new Answer(Encoding.ASCII.GetBytes(head + body), head.Length);
    }

    private static Site Site(bool tellsScope) => new()
    {
        Address = new(System.Net.IPAddress.Loopback, 1),
        ClientId = "app",
        ClientSecret = null,
        ApiId = "api",
        ApiSecret = null,
        RedirectUri = "http://127.0.0.1:9/callback",
        Cookie = "",
        TokenAnswerTellsScope = tellsScope,
        IntrospectionTellsScope = tellsScope,
    };
}
