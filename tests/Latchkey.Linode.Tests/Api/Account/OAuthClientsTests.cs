using System.Net;
using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Api;

public sealed class OAuthClientsTests
{
    private const string Secret = "2f3a0d8cb1e9476c5a60f7d81b2c3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d";

    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task A_client_is_registered_to_the_letter_and_its_secret_does_not_print()
    {
        _api.Answers(Json(Secret));

        var app = await Client().Account.OAuthClients.CreateAsync(
            "My app", new Uri("HTTP://localhost:3000"), isPublic: true, TestContext.Current.CancellationToken);

        Assert.Equal(Secret, app.Secret?.Reveal());
        Assert.Equal(("2737bf16b39ab5d7b4a1", "My app", OAuthClientStatus.Active), (app.Id, app.Label, app.Status));
        Assert.Equal("https://example.org/callback", app.RedirectUri?.OriginalString);
        Assert.DoesNotContain(Secret, app.ToString(), StringComparison.Ordinal);
        var sent = Assert.Single(_api.Sent);
        Assert.Equal("POST /v4/account/oauth-clients", sent.Line());

        // Not http://localhost:3000/, which is another address to a server that compares letters.
        Assert.Equal("""{"label":"My app","redirect_uri":"HTTP://localhost:3000","public":true}""", sent.Body);
    }

    [Fact]
    public async Task Unless_it_is_said_an_app_can_keep_a_secret()
    {
        _api.Answers(Json(Secret));

        await Client().Account.OAuthClients.CreateAsync(
            "My app", new Uri("https://example.org/callback"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("\"public\":false", Assert.Single(_api.Sent).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"<REDACTED>\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task A_secret_that_is_not_given_is_none(string secret)
    {
        _api.Answers(Json().Replace("\"<REDACTED>\"", secret, StringComparison.Ordinal));

        Assert.Null((await Client().Account.OAuthClients.GetAsync("2737bf16b39ab5d7b4a1", TestContext.Current.CancellationToken)).Secret);
    }

    [Fact]
    public async Task A_status_without_a_name_here_comes_through()
    {
        _api.Answers("""{"id":"a","status":"on_probation"}""");

        Assert.Equal("on_probation", (await Client().Account.OAuthClients.GetAsync("a", TestContext.Current.CancellationToken)).Status.Value);
    }

    [Fact]
    public async Task Each_verb_goes_to_its_path()
    {
        _api.Answers($$"""{"data":[{{Json()}}],"page":1,"pages":1,"results":1}""").Answers(Json()).Answers(Json()).Answers(Json(Secret)).Answers("{}");
        var clients = Client().Account.OAuthClients;

        Assert.Single(await clients.ListAsync(OAuthClientFields.IsPublic.Is(false) & OAuthClientFields.Status.Is(OAuthClientStatus.Active))
            .ToListAsync(TestContext.Current.CancellationToken));
        await clients.GetAsync("c1", TestContext.Current.CancellationToken);
        await clients.UpdateAsync("c1", new UpdateOAuthClientRequest { Label = "Other" }, TestContext.Current.CancellationToken);
        Assert.Equal(Secret, (await clients.ResetSecretAsync("c1", TestContext.Current.CancellationToken)).Secret?.Reveal());
        await clients.DeleteAsync("c1", TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "GET /v4/account/oauth-clients",
                "GET /v4/account/oauth-clients/c1",
                "PUT /v4/account/oauth-clients/c1",
                "POST /v4/account/oauth-clients/c1/reset-secret",
                "DELETE /v4/account/oauth-clients/c1",
            ],
            _api.Sent.Select(s => s.Line()));
        Assert.Equal("""{"+and":[{"public":false},{"status":"active"}]}""", _api.Sent[0].Filter);
        Assert.Equal("""{"label":"Other"}""", _api.Sent[2].Body);
    }

    [Fact]
    public async Task A_picture_travels_as_it_is()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff];
        byte[]? sent = null;
        _api.Does(async request =>
        {
            Assert.Equal("image/png", request.Content!.Headers.ContentType?.ToString());
            sent = await request.Content.ReadAsByteArrayAsync();
            return FakeNetwork.Json("{}");
        }).Does(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(png) }));
        var clients = Client().Account.OAuthClients;

        await clients.SetThumbnailAsync("c1", png, TestContext.Current.CancellationToken);
        var got = await clients.GetThumbnailAsync("c1", TestContext.Current.CancellationToken);

        Assert.Equal(png, sent);
        Assert.Equal(png, got);
        Assert.Equal(["PUT /v4/account/oauth-clients/c1/thumbnail", "GET /v4/account/oauth-clients/c1/thumbnail"], _api.Sent.Select(s => s.Line()));
    }

    [Fact]
    public async Task Without_a_picture_the_API_says_so()
    {
        _api.Answers("""{"errors":[{"reason":"Not found"}]}""", HttpStatusCode.NotFound);

        var error = await Assert.ThrowsAsync<LinodeApiException>(() =>
            Client().Account.OAuthClients.GetThumbnailAsync("c1", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, error.Status);
    }

    [Theory]
    [InlineData("c1/reset-secret")]
    [InlineData("../clients")]
    [InlineData(" ")]
    public async Task An_id_is_one_segment(string id)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Client().Account.OAuthClients.DeleteAsync(id, TestContext.Current.CancellationToken));
        Assert.Empty(_api.Sent);
    }

    [Fact]
    public async Task A_relative_address_is_refused_before_it_is_sent()
    {
        var callback = new Uri("/callback", UriKind.Relative);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            Client().Account.OAuthClients.CreateAsync("x", callback, cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Client().Account.OAuthClients.UpdateAsync("x", new UpdateOAuthClientRequest { RedirectUri = callback }, TestContext.Current.CancellationToken));
        Assert.Empty(_api.Sent);
    }

    private static string Json(string secret = "<REDACTED>") =>
        $$"""
        {"id":"2737bf16b39ab5d7b4a1","label":"My app","redirect_uri":"https://example.org/callback","secret":"{{secret}}","status":"active",
         "public":false,"thumbnail_url":null}
        """;

    private LinodeClient Client() => new("the-token", handler: _api);
}
