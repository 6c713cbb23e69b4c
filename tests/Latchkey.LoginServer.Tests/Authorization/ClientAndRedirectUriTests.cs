using System.Net;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Tests.Authorization;

/// <summary>Who asks and where the answer goes, in all the wrong ways: while either is unproven, only the person is told.</summary>
public sealed class ClientAndRedirectUriTests(CasesServer server) : IClassFixture<CasesServer>
{
    [Theory]
    [Spec("AZ-05")]
    [InlineData("https://app.example/cb/x")]
    [InlineData("https://app.example/cb/")]
    [InlineData("https://app.example/c")]
    [InlineData("https://app.example/cb/../cb")]
    public Task A_longer_or_shorter_path_is_another_address(string sent) => server.ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-06")]
    [InlineData("https://APP.example/cb")]
    [InlineData("https://app.example/CB")]
    [InlineData("HTTPS://app.example/cb")]
    public Task Another_letter_case_is_another_address(string sent) => server.ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-07")]
    [InlineData("https://app.example/cb?x=1")]
    [InlineData("https://app.example/cb?")]
    [InlineData("https://app.example/q?b=2&a=1")]
    [InlineData("https://app.example/q?a=1")]
    [InlineData("https://app.example/q?a=2&b=2")]
    [InlineData("https://app.example/q?a=1&b=2&c=3")]
    [InlineData("https://app.example/q")]
    public Task Another_query_is_another_address(string sent) => server.ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-09")]
    [Spec("AZ-11")]
    [InlineData("https://app.example:443/cb")]
    [InlineData("https://app.example/%63b")]
    [InlineData("https://app.example%2Fcb")]
    [InlineData("https://app.example/./cb")]
    [InlineData("https://app.example./cb")]
    [InlineData("https://app.example//cb")]
    [InlineData("https://app.example/cb#")]
    [InlineData("https://app.example/cb#x")]
    [InlineData("https://user@app.example/cb")]
    public Task An_equal_address_in_other_words_is_another_one(string sent) => server.ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-12")]
    [InlineData("http://127.0.0.1:51004/cb")]
    [InlineData("http://[::1]:51004/v6")]
    [InlineData("http://localhost:51004/lo")]
    [InlineData("http://localhost:80/lo")]
    [InlineData("http://localhost/lo")]
    public async Task The_port_of_a_loopback_address_is_free(string sent)
    {
        var answer = await server.AskAsync((OAuthParameters.RedirectUri, sent), (OAuthParameters.Prompt, "none"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.StartsWith(sent + "?error=consent_required", answer.Location);
    }

    [Theory]
    [Spec("AZ-12")]
    [InlineData("http://127.0.0.1:0/cb")]
    [InlineData("http://127.0.0.1:65536/cb")]
    [InlineData("http://127.0.0.1:00080/cb")]
    [InlineData("http://127.0.0.1:/cb")]
    [InlineData("http://127.0.0.1:+80/cb")]
    [InlineData("http://127.0.0.1:80x/cb")]
    [InlineData("http://127.0.0.2:51004/cb")]
    [InlineData("http://127.1:51004/cb")]
    [InlineData("http://LOCALHOST:51004/lo")]
    [InlineData("http://localhost.:51004/lo")]
    [InlineData("http://localhost:51004/cb")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:51004/v6")]
    [InlineData("https://127.0.0.1:51004/cb")]
    [InlineData("http://127.0.0.1:51004/cb?x")]
    [InlineData("http://127.0.0.1:51004@evil.example/cb")]
    public Task Of_a_loopback_address_nothing_else_is_free(string sent) => server.ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-15")]
    [InlineData("https://\u0430pp.example/cb")]
    [InlineData("https://xn--pp-8ka.example/cb")]
    [InlineData("https://app\u3002example/cb")]
    [InlineData("https://\uff41pp.example/cb")]
    [InlineData("https://app.example/c\u200db")]
    public Task An_address_that_only_looks_alike_is_another_one(string sent) => server.ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

    [Theory]
    [Spec("AZ-16")]
    [Spec("XI-04")]
    [InlineData("https://app.example/cb\r\nX-Planted: 1")]
    [InlineData("https://app.example/cb\tx")]
    [InlineData("https://app.example/cb\0")]
    [InlineData("https://app.example\\cb")]
    [InlineData("https://app.example/cb%0d%0aX-Planted:%201")]
    [InlineData("https://app.example/cb%00")]
    [InlineData("https://app.example/cb%5c")]
    public async Task Control_characters_in_an_address_reach_no_header(string sent)
    {
        var answer = await server.ToldToThePersonAsync((OAuthParameters.RedirectUri, sent));

        Assert.Null(answer.Header("X-Planted"));
    }

    [Theory]
    [Spec("AZ-02")]
    [Spec("AZ-03")]
    [InlineData(OAuthParameters.ClientId, null)]
    [InlineData(OAuthParameters.ClientId, "")]
    [InlineData(OAuthParameters.ClientId, "00000000000000000000")]
    [InlineData(OAuthParameters.ClientId, "<script>alert(1)</script>")]
    [InlineData(OAuthParameters.RedirectUri, null)]
    [InlineData(OAuthParameters.RedirectUri, "")]
    public async Task Without_a_client_and_its_address_nobody_is_redirected(string name, string? value) =>
        Assert.DoesNotContain("<script>alert", (await server.ToldToThePersonAsync((name, value))).Text);

    [Fact]
    [Spec("XI-09")]
    public async Task A_client_id_is_neither_trimmed_nor_folded()
    {
        await server.ToldToThePersonAsync((OAuthParameters.ClientId, server.Client.Id.ToUpperInvariant().Replace('0', 'O')));
        await server.ToldToThePersonAsync((OAuthParameters.ClientId, " " + server.Client.Id));
        await server.ToldToThePersonAsync((OAuthParameters.ClientId, server.Client.Id + "\u0000"));
        await server.ToldToThePersonAsync((OAuthParameters.ClientId, server.Client.Id + " "));
    }

    [Theory]
    [Spec("AZ-17")]
    [InlineData(OAuthParameters.ClientId)]
    [InlineData(OAuthParameters.RedirectUri)]
    public async Task Who_asks_and_where_to_is_said_once(string name)
    {
        var request = App.Request(server.Client);
        var twice = request.Append(request.Single(p => p.Key == name));

        CasesServer.NotRedirected(await server.Browser.GetAsync(App.Url(twice)));
        CasesServer.NotRedirected(await server.Browser.PostAsync(OAuthPaths.Authorize, [.. twice.Select(p => (p.Key, p.Value))]));
        CasesServer.NotRedirected(await server.Browser.PostAsync(App.Url(request.Where(p => p.Key == name)), [.. request.Select(p => (p.Key, p.Value))]));
    }

    [Theory]
    [Spec("XI-02")]
    [InlineData(OAuthParameters.Scope)]
    [InlineData(OAuthParameters.State)]
    [InlineData(OAuthParameters.RedirectUri)]
    [InlineData(OAuthParameters.ClientId)]
    public async Task A_hundred_kilobytes_in_a_posted_parameter_are_refused(string name) => CasesServer.NotRedirected(await server.Browser.PostAsync(
        OAuthPaths.Authorize, [.. App.Request(server.Client, (name, new string('a', 100_000))).Select(p => (p.Key, p.Value))]));
}
