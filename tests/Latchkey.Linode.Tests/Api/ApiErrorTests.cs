using System.Net;
using Latchkey.Linode;
using Latchkey.Protocol;

namespace Latchkey.Linode.Tests.Api;

public sealed class ApiErrorTests
{
    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task A_refused_member_is_named()
    {
        _api.Answers("""{"errors":[{"reason":"Region is not valid","field":"region"},{"reason":"Busy"}]}""", HttpStatusCode.BadRequest);

        var error = await Assert.ThrowsAsync<LinodeApiException>(GetAsync);

        Assert.Equal(HttpStatusCode.BadRequest, error.Status);
        Assert.Equal([new LinodeApiError("Region is not valid", "region"), new LinodeApiError("Busy", null)], error.Errors);
        Assert.Contains("region: Region is not valid", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_missing_scope_is_told_apart_however_it_is_answered(int status)
    {
        _api.Answers(
            """{"errors":[{"reason":"Your OAuth token is not authorized to use this endpoint."}]}""",
            (HttpStatusCode)status,
            ("X-OAuth-Scopes", "linodes:read_only domains:*"),
            ("X-Accepted-OAuth-Scopes", "volumes:read_write,linodes:read_write"));

        var error = await Assert.ThrowsAsync<LinodeScopeException>(GetAsync);

        Assert.Equal(ScopeSet.Parse("volumes:read_write linodes:read_write"), error.NeededScopes);
        Assert.Equal(ScopeSet.Parse("linodes:read_only domains:*"), error.TokenScopes);
        Assert.Contains("linodes:read_write", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_token_is_told_apart()
    {
        _api.Answers(
            """{"errors":[{"reason":"Invalid Token"}]}""",
            HttpStatusCode.Unauthorized,
            ("X-OAuth-Scopes", "unknown"),
            ("X-Accepted-OAuth-Scopes", "linodes:read_only"));

        var error = await Assert.ThrowsAsync<LinodeTokenException>(GetAsync);

        Assert.Null(error.TokenScopes);
        Assert.DoesNotContain("the-token", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_an_error_without_reasons()
    {
        _api.Answers("<html>Bad gateway</html>", HttpStatusCode.BadGateway);

        Assert.Empty((await Assert.ThrowsAsync<LinodeApiException>(GetAsync)).Errors);
    }

    [Fact]
    public async Task A_page_where_JSON_should_be_says_so()
    {
        _api.Answers("<html>Welcome to the hotel network</html>");

        Assert.Contains("base address", (await Assert.ThrowsAsync<LinodeApiException>(GetAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_that_says_nothing_is_an_error_all_the_same()
    {
        _api.Answers("""{"errors":[null]}""", HttpStatusCode.BadRequest);

        Assert.Equal([new LinodeApiError("no reason given", null)], (await Assert.ThrowsAsync<LinodeApiException>(GetAsync)).Errors);
    }

    [Fact]
    public async Task A_list_without_elements_is_not_the_API()
    {
        _api.Answers("""{"data":null,"page":1,"pages":1,"results":0}""");

        await Assert.ThrowsAsync<LinodeApiException>(async () =>
        {
            await foreach (var _ in new LinodeClient("the-token", handler: _api).Linodes.Instances.ListAsync(cancellationToken: TestContext.Current.CancellationToken))
            {
            }
        });
    }

    [Theory]
    [InlineData("token\n")]
    [InlineData("a token")]
    public void A_token_with_the_end_of_its_line_is_refused_without_being_shown(string token) =>
        Assert.DoesNotContain(token, Assert.Throws<ArgumentException>(() => new LinodeClient(token, handler: _api)).Message, StringComparison.Ordinal);

    private Task GetAsync() => new LinodeClient("the-token", handler: _api).Linodes.Instances.GetAsync(1, TestContext.Current.CancellationToken);
}
