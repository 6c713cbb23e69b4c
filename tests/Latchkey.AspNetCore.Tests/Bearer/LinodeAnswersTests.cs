using System.Net;

namespace Latchkey.AspNetCore.Tests.Bearer;

public sealed class LinodeAnswersTests
{
    [Theory]
    [InlineData(null, 401, "Invalid Token")]
    [InlineData("Bearer garbage", 401, "Invalid Token")]
    [InlineData("Bearer good", 403, "Your OAuth token is not authorized to use this endpoint.")]
    [InlineData("Bearer", 400, "Send one token, in one Authorization header.")]
    public async Task A_refusal_is_written_in_Linodes_envelope(string? authorization, int status, string reason)
    {
        await using var api = await BearerApi.StartAsync(o => o.LinodeErrors = true);

        var answer = await api.GetAsync("/both", authorization is null ? [] : [authorization]);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal($$"""{"errors":[{"reason":"{{reason}}"}]}""", await answer.TextAsync());
        Assert.Equal("application/json", answer.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_missing_scope_is_401_where_that_is_wanted()
    {
        await using var api = await BearerApi.StartAsync(o => (o.LinodeErrors, o.MissingScopeStatus) = (true, 401));

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("/both", "Bearer good")).StatusCode);
    }

    [Theory]
    [InlineData("/both", "Bearer good", "domains:read_only linodes:read_write", "linodes:read_write,volumes:read_write")]
    [InlineData("/read", "Bearer full", "*", "linodes:read_only")]
    [InlineData("/read", "Bearer garbage", "unknown", "linodes:read_only")]
    [InlineData("/read", null, "unknown", "linodes:read_only")]
    [InlineData("/public", null, "unknown", "*")]
    [InlineData("/public", "Bearer good", "domains:read_only linodes:read_write", "*")]
    [InlineData("/nowhere", "Bearer good", "domains:read_only linodes:read_write", "*")]
    public async Task Every_answer_says_what_was_had_and_what_was_needed(string path, string? authorization, string had, string needed)
    {
        await using var api = await BearerApi.StartAsync(o => o.LinodeErrors = true);

        var answer = await api.GetAsync(path, authorization is null ? [] : [authorization]);

        Assert.Equal((had, needed), (answer.Header("X-OAuth-Scopes"), answer.Header("X-Accepted-OAuth-Scopes")));
    }

    [Fact]
    public async Task Elsewhere_nobody_is_told()
    {
        await using var api = await BearerApi.StartAsync();

        var answer = await api.GetAsync("/both", "Bearer good");

        Assert.Null(answer.Header("X-OAuth-Scopes"));
        Assert.Equal("", await answer.TextAsync());
    }
}
