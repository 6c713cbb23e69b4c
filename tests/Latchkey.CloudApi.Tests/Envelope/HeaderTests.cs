namespace Latchkey.CloudApi.Tests.Envelope;

public sealed class HeaderTests : IAsyncLifetime
{
    private CloudApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CloudApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory, Spec("RA-14")]
    [InlineData("/v4/regions", 200)]
    [InlineData("/v4/regions/nowhere", 404)]
    [InlineData("/v4/nothing", 404)]
    [InlineData("/v4/linode/instances", 401)]
    [InlineData("/v4/regions?page=0", 400)]
    public async Task Every_answer_carries_the_headers_of_an_api(string path, int status)
    {
        var answer = await _host.SendAsync(HttpMethod.Get, path, change: r => r.Headers.Add("Origin", "https://evil.example"));

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", answer.Headers.Keys);
        Assert.Contains("X-OAuth-Scopes", answer.Headers["Access-Control-Expose-Headers"]);
        Assert.Contains("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
        Assert.Equal("default-src 'none'", answer.Headers["Content-Security-Policy"]);
        Assert.Contains("X-Filter", answer.Headers["Vary"]);
    }

    [Theory]
    [InlineData("linodes:read_only stackscripts:read_write", "/v4/linode/instances", "linodes:read_only stackscripts:read_write", "linodes:read_only")]
    [InlineData("domains:*", "/v4/linode/instances", "domains:*", "linodes:read_only")]
    [InlineData("*", "/v4/regions", "*", "*")]
    [InlineData(null, "/v4/regions", "unknown", "*")]
    [InlineData(null, "/v4/linode/instances", "unknown", "linodes:read_only")]
    [InlineData(null, "/v4/nothing", "unknown", "*")]
    public async Task It_says_what_the_token_may_and_what_the_route_needs(string? has, string path, string scopes, string accepted)
    {
        var answer = await _host.GetAsync(path, has is null ? "no-token" : _host.Login.Token("ada", has));

        Assert.Equal(scopes, answer.Headers["X-OAuth-Scopes"]);
        Assert.Equal(accepted, answer.Headers["X-Accepted-OAuth-Scopes"]);
    }

    [Theory]
    [InlineData("/v4/linode/instances")]
    [InlineData("/v4beta/profile")]
    public async Task A_preflight_is_answered_without_a_token(string path)
    {
        var answer = await _host.SendAsync(HttpMethod.Options, path, change: r =>
        {
            r.Headers.Add("Origin", "https://cloud.example");
            r.Headers.Add("Access-Control-Request-Method", "POST");
            r.Headers.Add("Access-Control-Request-Headers", "authorization, x-filter");
        });

        Assert.Equal(204, answer.Status);
        Assert.Equal("*", answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("POST", answer.Headers["Access-Control-Allow-Methods"]);
        Assert.Contains("Authorization", answer.Headers["Access-Control-Allow-Headers"]);
        Assert.Empty(_host.Login.Forwarded);
    }

    [Fact, Spec("RA-14")]
    public async Task A_condition_is_not_answered_before_the_token_is_looked_at()
    {
        var answer = await _host.SendAsync(HttpMethod.Get, "/v4/linode/instances", "no-token", change: r => r.Headers.TryAddWithoutValidation("If-None-Match", "*"));

        answer.MustRefuse(401);
    }
}
