using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Api;

public sealed class ListTests
{
    private readonly FakeNetwork _api = new();

    [Fact]
    public async Task A_list_is_read_page_after_page()
    {
        _api.Answers("""{"data":[{"id":"a"},{"id":"b"}],"page":1,"pages":2,"results":3}""")
            .Answers("""{"data":[{"id":"c"}],"page":2,"pages":2,"results":3}""");

        var ids = await Client().Regions.ListAsync(pageSize: 50).Select(r => r.Id).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b", "c"], ids);
        Assert.Equal(
            ["https://api.linode.com/v4/regions?page=1&page_size=50", "https://api.linode.com/v4/regions?page=2&page_size=50"],
            _api.Sent.Select(s => s.Uri.AbsoluteUri));
        Assert.All(_api.Sent, s => Assert.Equal("Bearer the-token", s.Authorization));
    }

    [Fact]
    public async Task Pages_that_nobody_reads_are_not_fetched()
    {
        _api.Answers("""{"data":[{"id":"a"},{"id":"b"}],"page":1,"pages":9,"results":18}""");

        Assert.Equal("a", (await Client().Regions.ListAsync().FirstAsync(TestContext.Current.CancellationToken)).Id);
        Assert.Single(_api.Sent);
    }

    [Fact]
    public async Task A_list_that_shrinks_meanwhile_comes_to_its_end()
    {
        _api.Answers("""{"data":[{"id":"a"}],"page":1,"pages":3,"results":3}""")
            .Answers("""{"data":[],"page":2,"pages":3,"results":3}""");

        Assert.Equal(1, await Client().Regions.ListAsync().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_filter_goes_into_its_header_on_every_page()
    {
        _api.Answers("""{"data":[{"id":1}],"page":1,"pages":2,"results":2}""")
            .Answers("""{"data":[{"id":2}],"page":2,"pages":2,"results":2}""");

        await Client().Linodes.Instances.ListAsync(InstanceFields.Region.Is("us-east")).CountAsync(TestContext.Current.CancellationToken);

        Assert.All(_api.Sent, s => Assert.Equal("""{"region":"us-east"}""", s.Filter));
    }

    [Fact]
    public async Task Without_a_token_no_header_is_sent()
    {
        _api.Answers("""{"data":[],"page":1,"pages":1,"results":0}""");

        await LinodeClient.WithoutToken(handler: _api).Linodes.Types.ListAsync().CountAsync(TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(_api.Sent).Authorization);
    }

    private LinodeClient Client() => new("the-token", handler: _api);
}
