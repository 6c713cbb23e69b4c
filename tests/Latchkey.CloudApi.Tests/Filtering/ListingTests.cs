namespace Latchkey.CloudApi.Tests.Filtering;

public sealed class ListingTests : IAsyncLifetime
{
    private CloudApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CloudApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/v4/linode/types", """{"vcpus":{"+gte":12}}""", "id", "g6-dedicated-16,g1-gpu-rtx6000-2")]
    [InlineData("/v4/linode/types", """{"+and":[{"class":"standard"},{"memory":{"+lt":5000}}],"+order_by":"memory","+order":"desc"}""", "id", "g6-standard-2,g6-standard-1")]
    [InlineData("/v4/images", """{"vendor":"Debian"}""", "id", "linode/debian11,linode/debian12,linode/debian13")]
    [InlineData("/v4/images", """{"deprecated":true}""", "id", "linode/ubuntu20.04")]
    [InlineData("/v4/regions", """{"country":{"+neq":"us"},"label":{"+contains":"on"}}""", "id", "ca-central,eu-west")]
    [InlineData("/v4/linode/stackscripts", """{"images":"any/all"}""", "label", "Docker host")]
    [InlineData("/v4/linode/stackscripts", """{"mine":true}""", "label", "")]
    public async Task A_list_answers_its_filter(string path, string filter, string column, string expected) =>
        Assert.Equal(expected, string.Join(',', (await _host.GetAsync(path, filter: filter)).Column(column)));

    [Fact]
    public async Task Instances_are_filtered_and_counted_after_the_filter()
    {
        var token = _host.Login.Token("ada", "*");
        await _host.CreateLinodeAsync(token, "web-1", "us-east", ""","tags":["production","web"]""");
        await _host.CreateLinodeAsync(token, "web-2", "eu-west", ""","tags":["staging"]""");
        await _host.CreateLinodeAsync(token, "db-1", "us-east", ""","tags":["production"]""");

        var answer = await _host.GetAsync("/v4/linode/instances", token, """{"+or":[{"tags":"web"},{"region":"eu-west"}],"+order_by":"label","+order":"desc"}""");

        Assert.Equal(["web-2", "web-1"], answer.Column("label"));
        Assert.Equal(2, answer.Json.GetProperty("results").GetInt32());
    }

    [Theory, Spec("XI-11")]
    [InlineData("""{"owner":"sub-ada"}""")]
    [InlineData("""{"label":"' OR 1=1 --"}""")]
    [InlineData("""{"label":{"+contains":"%"}}""")]
    public async Task A_filter_shows_nothing_of_others(string filter)
    {
        await _host.CreateLinodeAsync(_host.Login.Token("ada", "*"), "adas-secret");

        Assert.DoesNotContain("adas-secret", (await _host.GetAsync("/v4/linode/instances", _host.Login.Token("bob", "*"), filter)).Text);
    }

    [Fact]
    public async Task A_filter_that_makes_no_sense_is_refused_by_name() =>
        Assert.Equal(["X-Filter"], (await _host.GetAsync("/v4/regions", filter: """{"nothing":1}""")).MustRefuse(400).Fields);
}
