using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Latchkey.Core.Clients;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Tokens;

public sealed class TokenRequestTests
{
    [Theory, Spec("TK-04")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_is_not_a_form_is_refused(string? contentType)
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var body = new ByteArrayContent(Encoding.ASCII.GetBytes(Form(server, code)));
        body.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        (await server.SendAsync("/oauth/token", body)).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
        (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-04")]
    public async Task A_form_may_name_its_character_set()
    {
        await using var server = await BackChannel.StartAsync();
        var body = new ByteArrayContent(Encoding.ASCII.GetBytes(Form(server, await server.IssueCodeAsync())));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=UTF-8");
        (await server.SendAsync("/oauth/token", body)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Multipart_is_for_compatibility_clients_alone()
    {
        await using var server = await BackChannel.StartAsync();
        var linode = await server.AddClientAsync(new NewClient { Label = "Linode", RedirectUris = ["https://app.example/cb"], Compatibility = Compatibility.Linode });
        foreach (var (client, status) in new[] { (server.App, HttpStatusCode.BadRequest), (linode, HttpStatusCode.OK) })
        {
            using var body = new MultipartFormDataContent
            {
                { new StringContent("authorization_code"), "grant_type" },
                { new StringContent(await server.IssueCodeAsync(client)), "code" },
                { new StringContent(server.Verifier.Reveal()), "code_verifier" },
                { new StringContent(client.Client.Id), "client_id" },
                { new StringContent(client.Secret!.Reveal()), "client_secret" },
            };
            (await server.SendAsync("/oauth/token", body)).Expect(status);
        }
    }

    [Fact]
    public async Task A_compatibility_client_may_leave_grant_type_out_and_a_strict_one_may_not()
    {
        await using var server = await BackChannel.StartAsync();
        var linode = await server.AddClientAsync(new NewClient { Label = "Linode", RedirectUris = ["https://app.example/cb"], Compatibility = Compatibility.Linode });
        (await server.RedeemAsync(await server.IssueCodeAsync(linode), linode, ("grant_type", ""))).Expect(HttpStatusCode.OK);
        (await server.RedeemAsync(await server.IssueCodeAsync(), null, ("grant_type", ""))).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory, Spec("TK-06"), Spec("TK-07")]
    [InlineData("", "invalid_request")]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("implicit", "unsupported_grant_type")]
    [InlineData("client_credentials", "unsupported_grant_type")]
    public async Task A_grant_type_not_spoken_here_is_refused(string grantType, string error)
    {
        await using var server = await BackChannel.StartAsync();
        (await server.PostAsync("/oauth/token", server.App, ("grant_type", grantType), ("Grant_Type", "authorization_code")))
            .ExpectError(HttpStatusCode.BadRequest, error);
    }

    [Fact, Spec("TK-07")]
    public async Task A_grant_type_the_client_is_not_registered_for_is_refused()
    {
        await using var server = await BackChannel.StartAsync();
        var client = await server.AddClientAsync(new NewClient { Label = "No refresh", RedirectUris = ["https://app.example/cb"], Grants = [GrantTypes.AuthorizationCode] });
        (await server.RefreshAsync("lkr00", client)).ExpectError(HttpStatusCode.BadRequest, "unauthorized_client");
        (await server.RefreshAsync("lkr00", server.Api)).ExpectError(HttpStatusCode.BadRequest, "unauthorized_client");
    }

    [Theory, Spec("TK-06")]
    [InlineData("scope")]
    [InlineData("client_id")]
    [InlineData("code")]
    public async Task A_parameter_sent_twice_is_refused(string name)
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var body = new StringContent(Form(server, code) + $"&{name}=a&{name}=b", Encoding.UTF8, "application/x-www-form-urlencoded");
        (await server.SendAsync("/oauth/token", body)).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
        (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-08"), Spec("RFC6749-2.3.1")]
    public async Task Basic_credentials_are_form_decoded()
    {
        await using var server = await BackChannel.StartAsync();
        var id = server.App.Client.Id;
        var encoded = string.Concat(server.App.Secret!.Reveal().Select(c => $"%{(int)c:X2}"));
        (await BasicAsync(server, await server.IssueCodeAsync(), BackChannel.Basic(id, encoded))).Expect(HttpStatusCode.OK);
        (await BasicAsync(server, await server.IssueCodeAsync(), BackChannel.Basic(id, server.App.Secret.Reveal()))).Expect(HttpStatusCode.OK);
        (await BasicAsync(server, await server.IssueCodeAsync(), BackChannel.Basic(id, server.App.Secret.Reveal() + "é+:%"))).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Theory, Spec("TK-09")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YTpi YTpi")]
    [InlineData("Basic")]
    [InlineData("Basicx YTpi")]
    [InlineData("Basic /w==")]
    [InlineData("Basic OnNlY3JldA==")]
    [InlineData("Basic JTAwOng=")]
    [InlineData("Basic JXp6Ong=")]
    [InlineData("Basic YTpi, Basic YTpi")]
    [InlineData("Bearer abc")]
    public async Task Malformed_Basic_is_401_with_a_challenge(string header)
    {
        await using var server = await BackChannel.StartAsync();
        var answer = await BasicAsync(server, await server.IssueCodeAsync(), header);
        answer.ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.StartsWith("Basic", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact, Spec("TK-10"), Spec("RFC6749-2.3")]
    public async Task Two_ways_to_authenticate_at_once_are_refused()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var basic = BackChannel.Basic(server.App.Client.Id, server.App.Secret!.Reveal());
        var both = new StringContent(Form(server, code), Encoding.UTF8, "application/x-www-form-urlencoded");
        (await server.SendAsync("/oauth/token", both, basic)).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
        var otherId = new StringContent($"grant_type=authorization_code&code={code}&client_id=other&code_verifier={server.Verifier.Reveal()}", Encoding.UTF8, "application/x-www-form-urlencoded");
        (await server.SendAsync("/oauth/token", otherId, basic)).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
        (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
    }

    [Theory, Spec("TK-11"), Spec("TK-13")]
    [InlineData(false, "")]
    [InlineData(false, "wrong")]
    [InlineData(true, "anything")]
    public async Task Credentials_that_do_not_fit_are_401_and_consume_nothing(bool isPublic, string secret)
    {
        await using var server = await BackChannel.StartAsync();
        var client = isPublic ? await server.AddClientAsync(new NewClient { Label = "Public", RedirectUris = ["https://app.example/cb"], Public = true }) : server.App;
        var code = await server.IssueCodeAsync(client);
        var answer = await server.RedeemAsync(code, client, ("client_secret", secret));
        answer.ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Empty(answer.Headers.WwwAuthenticate);
        (await server.RedeemAsync(code, client)).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-42")]
    public async Task A_reset_secret_stops_at_once_and_refresh_tokens_live_on()
    {
        await using var server = await BackChannel.StartAsync();
        var tokens = await server.IssueTokensAsync();
        var renewed = await server.Get<ClientStore>().ResetSecretAsync(server.App.Client.Id);
        (await server.RefreshAsync(tokens.Text("refresh_token"))).ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        (await server.RefreshAsync(tokens.Text("refresh_token"), renewed)).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-45")]
    public async Task An_error_description_never_echoes_what_was_sent()
    {
        await using var server = await BackChannel.StartAsync();
        foreach (var name in (string[])["grant_type", "code", "code_verifier", "client_id", "redirect_uri", "scope"])
        {
            var answer = await server.RedeemAsync(await server.IssueCodeAsync(), null, (name, "<canary\"\\>"));
            Assert.DoesNotContain("canary", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact, Spec("XI-01"), Spec("XI-12"), Spec("XI-04")]
    public async Task Bodies_too_large_too_many_fields_compressed_or_with_NUL_are_refused()
    {
        await using var server = await BackChannel.StartAsync();
        var fields = new StringContent(string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"a{i}=1")), Encoding.UTF8, "application/x-www-form-urlencoded");
        Assert.Contains((await server.SendAsync("/oauth/token", fields)).Status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge });
        var zipped = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");
        zipped.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await server.SendAsync("/oauth/token", zipped)).Status);
        (await server.RedeemAsync("a\0b")).ExpectError(HttpStatusCode.BadRequest, "invalid_request");
    }

    private static string Form(BackChannel server, string code) =>
        $"grant_type=authorization_code&code={code}&code_verifier={server.Verifier.Reveal()}&client_id={server.App.Client.Id}&client_secret={server.App.Secret!.Reveal()}";

    private static Task<Answer> BasicAsync(BackChannel server, string code, string header) => server.SendAsync(
        "/oauth/token",
        new StringContent($"grant_type=authorization_code&code={code}&code_verifier={server.Verifier.Reveal()}", Encoding.UTF8, "application/x-www-form-urlencoded"),
        header);
}
