using System.Net;
using Latchkey.Protocol;
using Latchkey.Storage.Clients;

namespace Latchkey.LoginServer.Tests.Tokens;

public sealed class CodeRedemptionTests
{
    [Fact, Spec("TK-01"), Spec("RFC6749-5.1")]
    public async Task A_good_redemption_answers_in_the_words_of_the_RFC_and_of_Linode()
    {
        await using var server = await BackChannel.StartAsync();
        var answer = await server.RedeemAsync(await server.IssueCodeAsync());
        var json = answer.Expect(HttpStatusCode.OK);

        Assert.Matches("^lka[0-9a-f]{64,}$", json.Text("access_token"));
        Assert.Matches("^lkr[0-9a-f]{64,}$", json.Text("refresh_token"));
        Assert.Equal("bearer", json.Text("token_type"));
        Assert.Equal(7200, json.GetProperty("expires_in").GetInt32());
        Assert.Equal("linodes:read_write stackscripts:read_only", json.Text("scope"));
        Assert.Equal(json.Text("scope"), json.Text("scopes"));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("application/json", answer.ContentType);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact, Spec("TK-02"), Spec("RFC6749-3.2")]
    public async Task A_GET_is_refused_and_leaves_the_code_alone()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var url = $"/oauth/token?grant_type=authorization_code&code={code}&client_id={server.App.Client.Id}&client_secret={server.App.Secret!.Reveal()}&code_verifier={server.Verifier.Reveal()}";
        using var response = await server.Http.GetAsync(url);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("POST", string.Join(',', response.Content.Headers.Allow));
        (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-03")]
    public async Task What_stands_in_the_query_does_not_count_and_consumes_nothing()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        (await server.PostAsync($"/oauth/token?code={code}", server.App, ("grant_type", "authorization_code"), ("code_verifier", server.Verifier.Reveal())))
            .ExpectError(HttpStatusCode.BadRequest, "invalid_request");
        (await server.PostAsync($"/oauth/token?client_secret={server.App.Secret!.Reveal()}", server.App, ("grant_type", "authorization_code"), ("code", code), ("code_verifier", server.Verifier.Reveal()), ("client_secret", "")))
            .ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
    }

    [Fact, Spec("TK-18"), Spec("RFC6749-4.1.2")]
    public async Task A_code_used_twice_revokes_what_it_issued()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var tokens = (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
        Assert.True(await server.IsActiveAsync(tokens.Text("access_token")));

        (await server.RedeemAsync(code)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        await server.AssertDeadAsync(tokens);
    }

    [Theory, Spec("TK-22"), Spec("TK-24"), Spec("TK-25"), Spec("TK-23")]
    [InlineData("code_verifier", "", "left out")]
    [InlineData("code_verifier", "challenge", "the challenge itself")]
    [InlineData("code_verifier", "other", "of another transaction")]
    [InlineData("code_verifier", "short", "42 characters")]
    [InlineData("code_verifier", "padded", "padded")]
    [InlineData("redirect_uri", "https://app.example/CB", "letter case")]
    [InlineData("redirect_uri", "https://app.example/cb/", "slash")]
    [InlineData("client", "", "another client with good credentials of its own")]
    public async Task An_invalid_presentation_neither_consumes_the_code_nor_kills_the_grant(string what, string how, string why)
    {
        Assert.NotEmpty(why);
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var wrong = how switch
        {
            "challenge" => CodeChallenge.Of(server.Verifier).Text,
            "other" => CodeVerifier.Generate().Reveal(),
            "short" => server.Verifier.Reveal()[..42],
            "padded" => server.Verifier.Reveal() + "=",
            _ => how,
        };
        var other = await server.AddClientAsync(new NewClient { Label = "Other", RedirectUris = ["https://app.example/cb"] });
        var client = what == "client" ? other : server.App;
        var change = what == "client" ? [] : new[] { (what, wrong) };

        (await server.RedeemAsync(code, client, change)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        var tokens = (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
        (await server.RedeemAsync(code, client, change)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.True(await server.IsActiveAsync(tokens.Text("access_token")));
    }

    [Fact, Spec("TK-27")]
    public async Task A_code_lives_for_sixty_seconds()
    {
        await using var server = await BackChannel.StartAsync();
        var (late, early) = (await server.IssueCodeAsync(), await server.IssueCodeAsync());
        server.Clock.Advance(TimeSpan.FromSeconds(55));
        var tokens = (await server.RedeemAsync(early)).Expect(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromSeconds(6));
        (await server.RedeemAsync(late)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        (await server.RedeemAsync(early)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
        Assert.True(await server.IsActiveAsync(tokens.Text("access_token")));
    }

    [Fact, Spec("TK-28")]
    public async Task A_scope_sent_along_widens_nothing()
    {
        await using var server = await BackChannel.StartAsync();
        var json = (await server.RedeemAsync(await server.IssueCodeAsync(), null, ("scope", "*"))).Expect(HttpStatusCode.OK);
        Assert.Equal("linodes:read_write stackscripts:read_only", json.Text("scope"));
    }

    [Fact, Spec("TK-21")]
    public async Task Of_fifty_redemptions_at_once_one_wins_and_the_others_end_what_it_won()
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => server.RedeemAsync(code))));
        var winner = Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a != winner), a => a.ExpectError(HttpStatusCode.BadRequest, "invalid_grant"));
        await server.AssertDeadAsync(winner.Expect(HttpStatusCode.OK));
    }

    [Theory, Spec("TK-26")]
    [InlineData(true, "")]
    [InlineData(false, "sent")]
    public async Task Challenge_and_verifier_come_together_or_not_at_all(bool challenged, string verifier)
    {
        await using var server = await BackChannel.StartAsync();
        var client = await server.AddClientAsync(new NewClient { Label = "OpenID", RedirectUris = ["https://app.example/cb"], PkceOptional = true });
        var code = await server.IssueCodeAsync(client, g => challenged ? g : g with { CodeChallenge = null });
        var sent = verifier.Length == 0 ? "" : server.Verifier.Reveal();
        (await server.RedeemAsync(code, client, ("code_verifier", sent))).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
    }
}
