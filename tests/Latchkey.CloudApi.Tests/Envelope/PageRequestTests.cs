namespace Latchkey.CloudApi.Tests.Envelope;

public sealed class PageRequestTests : IAsyncLifetime
{
    private CloudApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CloudApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory, Spec("RA-13"), Spec("XI-10")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("2147483648")]
    [InlineData("9223372036854775808")]
    [InlineData("%EF%BC%91")]
    [InlineData("%D9%A1")]
    [InlineData("")]
    [InlineData("+1")]
    [InlineData("%2B1")]
    [InlineData("%201")]
    [InlineData("1.0")]
    [InlineData("0x10")]
    [InlineData("1e2")]
    [InlineData("100&page=100&page_size=100")]
    [InlineData("%00")]
    public async Task A_page_that_is_no_number_is_refused_by_name(string value)
    {
        Assert.Equal(["page"], (await _host.GetAsync($"/v4/regions?page={value}")).MustRefuse(400).Fields);
        Assert.Equal(["page_size"], (await _host.GetAsync($"/v4/regions?page_size={value.Replace("&page=100", "")}")).MustRefuse(400).Fields);
    }

    [Theory, Spec("RA-13")]
    [InlineData(24)]
    [InlineData(501)]
    [InlineData(1_000_000_000)]
    public async Task A_page_size_out_of_bounds_is_refused(int size) =>
        Assert.Equal(["page_size"], (await _host.GetAsync($"/v4/regions?page_size={size}")).MustRefuse(400).Fields);

    [Theory, Spec("RA-13")]
    [InlineData(2)]
    [InlineData(2_147_483_647)]
    public async Task A_page_behind_the_last_is_empty(int page)
    {
        var answer = await _host.GetAsync($"/v4/regions?page={page}&page_size=500");

        Assert.Equal(200, answer.Status);
        Assert.Equal(0, answer.Json.GetProperty("data").GetArrayLength());
        Assert.Equal(page, answer.Json.GetProperty("page").GetInt32());
        Assert.Equal(1, answer.Json.GetProperty("pages").GetInt32());
    }

    [Fact]
    public async Task Pages_cut_a_list_into_pieces_that_make_it_whole_again()
    {
        var token = _host.Login.Token("ada", "*");
        for (var i = 0; i < 53; i++)
        {
            await _host.CreateLinodeAsync(token, $"n{i:000}");
        }

        var pages = new List<ApiAnswer>();
        for (var page = 1; page <= 3; page++)
        {
            pages.Add(await _host.GetAsync($"/v4/linode/instances?page={page}&page_size=25", token));
        }

        Assert.All(pages, p => Assert.Equal((53, 3), (p.Json.GetProperty("results").GetInt32(), p.Json.GetProperty("pages").GetInt32())));
        Assert.Equal(Enumerable.Range(0, 53).Select(i => $"n{i:000}"), pages.SelectMany(p => p.Column("label")));
    }
}
