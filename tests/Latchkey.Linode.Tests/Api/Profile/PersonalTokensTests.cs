using System.Net;
using System.Text.Json;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Api;

public sealed class PersonalTokensTests
{
    private const string Whole = "03d084436a6c91fbafd5c4b20c82e5056a2e9ce1635920c30dc8d81dc7a6665c";

    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task A_token_is_given_once_and_the_rest_of_what_comes_back_prints_without_it()
    {
        _api.Answers($$"""{"id":918,"scopes":"linodes:read_write","created":"2026-01-01T00:01:01","label":"ci","token":"{{Whole}}","expiry":"2026-06-13T13:46:32"}""");

        var created = await Client().Profile.Tokens.CreateAsync(
            "ci", [OAuthScopes.Linodes.ReadWrite], new DateTimeOffset(2026, 6, 13, 15, 46, 32, 999, TimeSpan.FromHours(2)), TestContext.Current.CancellationToken);

        Assert.Equal(Whole, created.Token.Reveal());
        Assert.Equal((918, "ci", Whole[..16]), (created.Details.Id, created.Details.Label, created.Details.TokenStart));
        Assert.Equal(new DateTimeOffset(2026, 6, 13, 13, 46, 32, TimeSpan.Zero), created.Details.Expiry);
        Assert.DoesNotContain(Whole, created.ToString(), StringComparison.Ordinal);
        Assert.Equal("POST /v4/profile/tokens", Assert.Single(_api.Sent).Line());
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse("""{"label":"ci","scopes":"linodes:read_write","expiry":"2026-06-13T13:46:32"}""").RootElement,
            JsonDocument.Parse(Assert.Single(_api.Sent).Body).RootElement));
    }

    [Fact]
    public async Task Without_an_end_none_is_sent()
    {
        _api.Answers($$"""{"id":1,"token":"{{Whole}}","scopes":"*","expiry":null}""");

        var created = await Client().Profile.Tokens.CreateAsync("ci", OAuthScopes.All, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(created.Details.Expiry);
        Assert.Equal("""{"label":"ci","scopes":"*"}""", Assert.Single(_api.Sent).Body);
    }

    [Fact]
    public async Task Naming_no_scope_is_not_asking_for_all()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Client().Profile.Tokens.CreateAsync("ci", [], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(_api.Sent);
    }

    [Theory]
    [InlineData("""{"id":1,"label":"ci"}""")]
    [InlineData("""{"id":1,"token":""}""")]
    [InlineData("""{"id":1,"token":7}""")]
    [InlineData("""["token"]""")]
    public async Task An_answer_without_a_token_is_no_answer(string answer)
    {
        _api.Answers(answer);

        await Assert.ThrowsAsync<LinodeApiException>(() =>
            Client().Profile.Tokens.CreateAsync("ci", OAuthScopes.All, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_list_holds_no_more_of_a_token_than_its_start_whatever_the_API_sends()
    {
        _api.Answers($$"""{"data":[{"id":1,"token":"{{Whole}}","scopes":"*"},{"id":2,"token":"03d0","scopes":""}],"page":1,"pages":1,"results":2}""");

        var tokens = await Client().Profile.Tokens.ListAsync(
            PersonalTokenFields.Label.Contains("ci").OrderByDescending(PersonalTokenFields.Created)).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([Whole[..16], "03d0"], tokens.Select(t => t.TokenStart));
        Assert.Equal("""{"label":{"+contains":"ci"},"+order_by":"created","+order":"desc"}""", Assert.Single(_api.Sent).Filter);
    }

    [Fact]
    public async Task Scopes_without_a_name_here_come_through()
    {
        _api.Answers("""{"id":1,"token":"03d0","scopes":"linodes:read_only quantum:entangle teleport:read_write"}""");

        var token = await Client().Profile.Tokens.GetAsync(1, TestContext.Current.CancellationToken);

        Assert.Equal(ScopeSet.Parse("linodes:read_only quantum:entangle teleport:read_write"), token.Scopes);
        Assert.Contains("quantum:entangle", token.Scopes.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_connection_does_not_make_two()
    {
        _api.Breaks();

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            Client().Profile.Tokens.CreateAsync("ci", OAuthScopes.All, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Single(_api.Sent);
    }

    [Fact]
    public async Task A_refusal_says_which_member()
    {
        _api.Answers("""{"errors":[{"reason":"scopes must not reach further","field":"scopes"}]}""", HttpStatusCode.BadRequest);

        var error = await Assert.ThrowsAsync<LinodeApiException>(() =>
            Client().Profile.Tokens.CreateAsync("ci", OAuthScopes.All, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("scopes", Assert.Single(error.Errors).Field);
    }

    [Fact]
    public async Task Each_verb_goes_to_its_path()
    {
        _api.Answers("""{"id":7}""").Answers("""{"id":7,"label":"new"}""").Answers("{}");
        var tokens = Client().Profile.Tokens;

        await tokens.GetAsync(7, TestContext.Current.CancellationToken);
        Assert.Equal("new", (await tokens.UpdateAsync(7, "new", TestContext.Current.CancellationToken)).Label);
        await tokens.DeleteAsync(7, TestContext.Current.CancellationToken);

        Assert.Equal(["GET /v4/profile/tokens/7", "PUT /v4/profile/tokens/7", "DELETE /v4/profile/tokens/7"], _api.Sent.Select(s => s.Line()));
        Assert.Equal("""{"label":"new"}""", _api.Sent[1].Body);
    }

    private LinodeClient Client() => new("the-token", handler: _api);
}
