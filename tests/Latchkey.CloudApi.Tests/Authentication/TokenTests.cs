namespace Latchkey.CloudApi.Tests.Authentication;

public sealed class TokenTests : IAsyncLifetime
{
    private CloudApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CloudApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact, Spec("RA-01")]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        var answer = (await _host.GetAsync("/v4/linode/instances")).MustRefuse(401);

        Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.DoesNotContain("error", answer.Headers["WWW-Authenticate"]);
        Assert.Equal("Invalid Token", answer.Reason);
    }

    [Fact, Spec("RA-02")]
    public async Task A_dead_token_is_told_from_one_that_lacks_a_scope()
    {
        var dead = (await _host.GetAsync("/v4/linode/instances", "no-token")).MustRefuse(401);
        var weak = (await _host.GetAsync("/v4/linode/instances", _host.Login.Token("ada", "domains:*"))).MustRefuse(403);

        Assert.Contains("error=\"invalid_token\"", dead.Headers["WWW-Authenticate"]);
        Assert.Contains("error=\"insufficient_scope\"", weak.Headers["WWW-Authenticate"]);
        Assert.Contains("scope=\"linodes:read_only\"", weak.Headers["WWW-Authenticate"]);
    }

    [Fact, Spec("RA-02")]
    public async Task A_missing_scope_is_401_when_the_cloud_is_told_to_answer_as_Linode_does()
    {
        await using var host = await CloudApiHost.StartAsync(o => new CloudApiOptions
        {
            DataDirectory = o.DataDirectory,
            LoginServer = o.LoginServer,
            ClientId = o.ClientId,
            ClientSecret = o.ClientSecret,
            AnswerMissingScopeAsLinode = true,
        });

        var answer = (await host.GetAsync("/v4/linode/instances", host.Login.Token("ada", "domains:*"))).MustRefuse(401);

        Assert.Equal("Your OAuth token is not authorized to use this endpoint.", answer.Reason);
    }

    [Fact, Spec("RA-10")]
    public async Task A_token_revoked_between_two_requests_opens_nothing_the_second_time()
    {
        var token = _host.Login.Token("ada", "linodes:read_only");
        Assert.Equal(200, (await _host.GetAsync("/v4/linode/instances", token)).Status);

        _host.Login.Introspections.Clear();

        (await _host.GetAsync("/v4/linode/instances", token)).MustRefuse(401);
    }

    [Fact, Spec("RA-11")]
    public async Task A_token_of_a_client_alone_opens_no_user_route() =>
        (await _host.GetAsync("/v4/linode/instances", _host.Login.ClientToken("*"))).MustRefuse(403);

    [Fact, Spec("RA-03")]
    public async Task A_token_in_the_query_is_not_looked_at() =>
        (await _host.GetAsync($"/v4/linode/instances?access_token={_host.Login.Token("ada", "*")}")).MustRefuse(401);

    [Theory, Spec("RA-12")]
    [InlineData("GET /v4/linode/instances/")]
    [InlineData("GET /V4/LINODE/INSTANCES")]
    [InlineData("GET /v4/linode//instances")]
    [InlineData("GET //v4/linode/instances")]
    [InlineData("GET /v4/linode/instances;x=1")]
    [InlineData("GET /v4/linode;x/instances")]
    [InlineData("GET /v4/regions/%2e%2e/linode/instances")]
    [InlineData("GET /v4/regions/../linode/instances")]
    [InlineData("GET /v4/regions%2F..%2Flinode%2Finstances")]
    [InlineData("GET /v4/images/..%2f..%2flinode%2finstances")]
    [InlineData("GET /v4/images/linode/../../linode/instances")]
    [InlineData("GET /v4/linode%2Finstances")]
    [InlineData("GET /v4/linode/%69nstances")]
    [InlineData("HEAD /v4/linode/instances")]
    [InlineData("GET /v4/linode/instances/%31")]
    [InlineData("GET /v4/linode/instances/1%00")]
    [InlineData("GET /v4/linode/instances?_method=OPTIONS")]
    public async Task No_spelling_of_a_route_escapes_its_scope_check(string line)
    {
        await _host.CreateLinodeAsync(_host.Login.Token("ada", "*"), "hidden-from-strangers");
        foreach (var token in new[] { "no-token", _host.Login.Token("ada", "stackscripts:*") })
        {
            var (status, text) = await RawHttp.SendAsync(_host.Address, $"{line} HTTP/1.1\nAuthorization: Bearer {token}\n");

            Assert.InRange(status, 400, 405);
            Assert.DoesNotContain("hidden-from-strangers", text);
        }
    }

    [Theory, Spec("RA-12")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("X-HTTP-Method")]
    [InlineData("X-Method-Override")]
    public async Task A_header_does_not_change_the_verb(string header)
    {
        var token = _host.Login.Token("ada", "linodes:read_only");
        var id = (await _host.CreateLinodeAsync(_host.Login.Token("ada", "*"), "stays")).GetProperty("id");

        var answer = await _host.SendAsync(HttpMethod.Get, $"/v4/linode/instances/{id}", token, change: r => r.Headers.Add(header, "DELETE"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(200, (await _host.GetAsync($"/v4/linode/instances/{id}", token)).Status);
    }

    [Fact]
    public async Task When_the_login_server_is_down_nobody_gets_in_and_public_lists_still_answer()
    {
        var token = _host.Login.Token("ada", "*");
        await _host.Login.DisposeAsync();

        (await _host.GetAsync("/v4/linode/instances", token)).MustRefuse(503);
        Assert.Equal(200, (await _host.GetAsync("/v4/regions", token)).Status);
        Assert.Equal(200, (await _host.GetAsync("/v4/linode/stackscripts", token)).Status);
    }
}
