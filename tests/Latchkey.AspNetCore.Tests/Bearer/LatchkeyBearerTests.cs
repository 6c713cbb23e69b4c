using System.Net;
using System.Text;
using Latchkey.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.Tests.Bearer;

public sealed class LatchkeyBearerTests
{
    [Theory]
    [InlineData("Bearer good")]
    [InlineData("bearer good")]
    [InlineData("BEARER  good ")]
    [Spec("RA-04")]
    public async Task A_good_token_gets_in_however_its_scheme_is_written(string authorization)
    {
        await using var api = await BearerApi.StartAsync();

        var answer = await api.GetAsync("/read", authorization);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("user-1 ann app-1 domains:read_only linodes:read_write 2100", await answer.TextAsync());
    }

    [Fact]
    public async Task What_is_known_of_the_token_stands_in_the_claims()
    {
        await using var api = await BearerApi.StartAsync();

        Assert.Equal(
            "sub=user-1;username=ann;client_id=app-1;scope=domains:read_only linodes:read_write",
            await (await api.GetAsync("/claims", "Bearer good")).TextAsync());
        Assert.Equal("ann", await (await api.GetAsync("/any-token", "Bearer good")).TextAsync());
    }

    [Fact]
    [Spec("RA-01")]
    [Spec("RFC6750-3.1")]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        await using var api = await BearerApi.StartAsync();

        var answer = await api.GetAsync("/read");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Challenge());
        Assert.Empty(api.Login.Sent);
    }

    [Theory]
    [InlineData("Basic dTpw", "another scheme is no token of ours")]
    [InlineData("Bearergood", "another word")]
    [InlineData("token good", "not unless it was asked for")]
    public async Task Another_scheme_is_no_token(string authorization, string why)
    {
        await using var api = await BearerApi.StartAsync();

        var answer = await api.GetAsync("/read", authorization);

        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, why);
        Assert.Equal("Bearer", answer.Challenge());
    }

    [Fact]
    [Spec("RA-02")]
    public async Task A_token_that_is_not_alive_is_invalid()
    {
        await using var api = await BearerApi.StartAsync();

        var answer = await api.GetAsync("/read", "Bearer garbage");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.StartsWith("Bearer error=\"invalid_token\"", answer.Challenge(), StringComparison.Ordinal);
        Assert.DoesNotContain("garbage", answer.Challenge(), StringComparison.Ordinal);
    }

    [Fact]
    [Spec("RA-02")]
    [Spec("RFC6750-3.1")]
    public async Task A_token_that_reaches_not_far_enough_is_told_what_is_needed()
    {
        await using var api = await BearerApi.StartAsync();

        var answer = await api.GetAsync("/both", "Bearer good");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.StartsWith("Bearer error=\"insufficient_scope\"", answer.Challenge(), StringComparison.Ordinal);
        Assert.EndsWith("scope=\"linodes:read_write volumes:read_write\"", answer.Challenge(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/both", "good", HttpStatusCode.Forbidden)]
    [InlineData("/both", "full", HttpStatusCode.OK)]
    [InlineData("/either", "good", HttpStatusCode.OK)]
    [InlineData("/group/inner", "good", HttpStatusCode.Forbidden)]
    [InlineData("/group/inner", "full", HttpStatusCode.OK)]
    public async Task All_scopes_are_needed_unless_one_was_said_to_be_enough(string path, string token, HttpStatusCode status)
    {
        await using var api = await BearerApi.StartAsync();

        Assert.Equal(status, (await api.GetAsync(path, $"Bearer {token}")).StatusCode);
    }

    [Fact]
    [Spec("RA-03")]
    public async Task A_token_in_the_address_or_a_form_is_none()
    {
        await using var api = await BearerApi.StartAsync();

        var query = await api.GetAsync("/read?access_token=good");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["access_token"] = "good" });
        var posted = await api.Http.PostAsync("/read", form, TestContext.Current.CancellationToken);

        Assert.All([query, posted], a => Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (a.StatusCode, a.Challenge())));
        Assert.Empty(api.Login.Sent);
    }

    [Theory]
    [InlineData("/read?access_token=good", "Bearer good")]
    [InlineData("/read", "Bearer good", "Bearer good")]
    [InlineData("/read", "Bearer good", "Basic dTpw")]
    [InlineData("/read", "Bearer good,Bearer full")]
    [InlineData("/read", "Bearer good, Bearer full")]
    [InlineData("/read", "Bearer good full")]
    [InlineData("/read", "Bearer")]
    [InlineData("/read", "Bearer ")]
    [InlineData("/read", "Bearer \"good\"")]
    [Spec("RA-03")]
    [Spec("RA-04")]
    public async Task What_is_not_one_token_in_one_place_is_malformed(string path, params string[] authorization)
    {
        await using var api = await BearerApi.StartAsync();

        var answer = await api.GetAsync(path, authorization);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("Bearer error=\"invalid_request\"", answer.Challenge(), StringComparison.Ordinal);
        Assert.Empty(api.Login.Sent);
    }

    [Fact]
    public async Task A_token_longer_than_any_is_not_asked_about()
    {
        await using var api = await BearerApi.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("/read", "Bearer " + new string('a', 5000))).StatusCode);
        Assert.Empty(api.Login.Sent);
    }

    [Fact]
    public async Task The_scheme_of_Linodes_own_library_is_taken_when_asked_for()
    {
        await using var api = await BearerApi.StartAsync(o => o.AcceptTokenScheme = true);

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/read", "token good")).StatusCode);
    }

    [Fact]
    [Spec("RFC7662-2.1")]
    public async Task The_login_server_is_asked_by_a_client_that_proves_itself()
    {
        await using var api = await BearerApi.StartAsync();

        await api.GetAsync("/read", "Bearer good");

        var sent = Assert.Single(api.Login.Sent);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("the%3Aapi:se%20cret%2B%25")), sent.Authorization);
        Assert.Equal(("good", "access_token"), (sent.Form["token"], sent.Form["token_type_hint"]));
    }

    [Fact]
    public async Task A_revocation_counts_at_the_next_request()
    {
        await using var api = await BearerApi.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/read", "Bearer good")).StatusCode);

        api.Login.Tokens.Remove("good");

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("/read", "Bearer good")).StatusCode);
    }

    [Fact]
    public async Task A_request_asks_once()
    {
        await using var api = await BearerApi.StartAsync(o => o.LinodeErrors = true);

        await api.GetAsync("/both", "Bearer good");

        Assert.Single(api.Login.Sent);
    }

    [Theory]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer")]
    [InlineData("Bearer no-token")]
    public async Task A_public_endpoint_answers_whatever_comes(string authorization)
    {
        await using var api = await BearerApi.StartAsync();

        Assert.Equal("nobody", await (await api.GetAsync("/public", authorization)).TextAsync());
        Assert.Equal("open", await (await api.GetAsync("/open", authorization)).TextAsync());
        api.Login.IsDown = true;
        Assert.Equal("nobody", await (await api.GetAsync("/public", authorization)).TextAsync());
    }

    [Fact]
    public async Task Whoever_says_so_writes_the_refusal()
    {
        await using var api = await BearerApi.StartAsync(o =>
        {
            o.LinodeErrors = true;
            o.Events.OnRefusal = async refusal =>
            {
                refusal.Handled = true;
                await refusal.HttpContext.Response.Body.WriteAsync(Encoding.ASCII.GetBytes($"{refusal.Status} {refusal.Error?.Code} {refusal.NeededScopes}"));
            };
        });

        Assert.Equal("403 insufficient_scope linodes:read_write volumes:read_write", await (await api.GetAsync("/both", "Bearer good")).TextAsync());
    }
}
