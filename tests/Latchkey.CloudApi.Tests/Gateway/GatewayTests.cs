using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Tests.Gateway;

public sealed class GatewayTests : IAsyncLifetime
{
    private CloudApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CloudApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/v4/profile", "/v4/profile")]
    [InlineData("/v4beta/profile", "/v4/profile")]
    [InlineData("/v4/profile/", "/v4/profile")]
    [InlineData("/v4/profile/grants/", "/v4/profile/grants")]
    [InlineData("/V4/Profile/Tokens/5", "/v4/profile/Tokens/5")]
    [InlineData("/v4beta/account/oauth-clients/0123/reset_secret?page=2&x=%2F", "/v4/account/oauth-clients/0123/reset_secret?page=2&x=%2F")]
    public async Task Profile_and_account_are_asked_of_the_login_server(string path, string asked)
    {
        var answer = await _host.GetAsync(path, "any-token");

        Assert.Equal((200, """{"username":"ada"}"""), (answer.Status, answer.Text));
        var seen = Assert.Single(_host.Login.Forwarded);
        Assert.Equal(asked, seen.Target);
        Assert.Equal("Bearer any-token", seen.Headers["Authorization"]);
        Assert.Equal(_host.Login.Address.Authority, seen.Headers["Host"]);
        Assert.Equal(0, _host.Login.Introspected);
    }

    [Fact]
    public async Task Verb_body_and_answer_go_through_and_cookies_do_not()
    {
        var answer = await _host.SendAsync(HttpMethod.Put, "/v4/profile", "any-token", """{"email":"a@example.org"}""", r =>
        {
            r.Headers.Add("Cookie", "latchkey-login=stolen");
            r.Headers.Add("X-Forwarded-For", "203.0.113.9");
            r.Headers.Add("Forwarded", "for=203.0.113.9");
            r.Headers.Add("X-HTTP-Method-Override", "DELETE");
            r.Headers.Add("X-Filter", "{}");
        });

        var seen = Assert.Single(_host.Login.Forwarded);
        Assert.Equal(("PUT", """{"email":"a@example.org"}"""), (seen.Method, seen.Body));
        Assert.Equal("{}", seen.Headers["X-Filter"]);
        Assert.DoesNotContain(seen.Headers.Keys, k => k is "Cookie" or "X-Forwarded-For" or "Forwarded" or "X-HTTP-Method-Override");
        Assert.DoesNotContain("Set-Cookie", answer.Headers.Keys);
        Assert.Equal("account:read_only", answer.Headers["X-OAuth-Scopes"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Contains("no-store", answer.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task A_header_beyond_ascii_goes_through_and_is_no_outage()
    {
        // What the socket carries are the two bytes of UTF-8.
        var (status, _) = await RawHttp.SendAsync(
            _host.Address, "GET /v4/profile HTTP/1.1\nAuthorization: Bearer any-token\nX-Filter: {\"label\":\"\u00c3\u00a9\"}\n");

        Assert.Equal(200, status);
        Assert.Equal("{\"label\":\"\u00e9\"}", Assert.Single(_host.Login.Forwarded).Headers["X-Filter"]);
    }

    [Theory, Spec("RA-12")]
    [InlineData("/v4/profile/..%2f..%2foauth/token")]
    [InlineData("/v4/profile/%2e%2e%2f%2e%2e%2fadmin")]
    [InlineData("/v4/profile/%252e%252e/admin")]
    [InlineData("/v4/profile//oauth/token")]
    [InlineData("/v4/profile/;/admin")]
    [InlineData("/v4/profile/x;y")]
    [InlineData("/v4/profile/a%5cb")]
    [InlineData("/v4/profile/a%0d%0ab")]
    [InlineData("/v4/profile/a%00b")]
    [InlineData("/v4/profile/../../oauth/token")]
    [InlineData("/v4/account/%2e%2e/%2e%2e/login")]
    [InlineData("/v4/profile/@evil.example%2f")]
    public async Task No_path_reaches_anything_else_of_the_login_server(string path)
    {
        var (status, text) = await RawHttp.SendAsync(_host.Address, $"GET {path} HTTP/1.1\nAuthorization: Bearer x\n");

        Assert.InRange(status, 400, 404);
        Assert.Empty(_host.Login.Forwarded);
        Assert.DoesNotContain("ada", text);
    }

    [Fact, Spec("RA-12")]
    public async Task The_slash_too_many_of_Linodes_Python_library_is_one_slash_to_everybody()
    {
        var (status, _) = await RawHttp.SendAsync(_host.Address, "GET /v4//account/oauth-clients/0123/thumbnail HTTP/1.1\nAuthorization: token x\n");

        Assert.Equal(200, status);
        Assert.Equal("/v4/account/oauth-clients/0123/thumbnail", Assert.Single(_host.Login.Forwarded).Target);
    }

    [Theory, Spec("AV-01")]
    [InlineData(200, "60000")]
    [InlineData(429, "7")]
    public async Task A_caller_is_told_one_count_that_of_who_refuses_it(int status, string limit)
    {
        _host.Login.Profile = context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.Headers["X-RateLimit-Limit"] = "7";
            context.Response.Headers.RetryAfter = "5";
            return context.Response.WriteAsync("""{"errors":[{"reason":"Too many requests"}]}""");
        };

        var answer = await _host.GetAsync("/v4/profile", "any-token");

        Assert.Equal((status, limit, "5"), (answer.Status, answer.Headers["X-RateLimit-Limit"], answer.Headers["Retry-After"]));
    }

    [Theory, Spec("RA-05")]
    [InlineData(false, 403)]
    [InlineData(true, 401)]
    public async Task A_missing_scope_is_told_in_one_way_whoever_checked_the_token(bool asLinode, int status)
    {
        await using var host = await CloudApiHost.StartAsync(o => new CloudApiOptions
        {
            DataDirectory = o.DataDirectory,
            LoginServer = o.LoginServer,
            ClientId = o.ClientId,
            ClientSecret = o.ClientSecret,
            AnswerMissingScopeAsLinode = asLinode,
        });
        host.Login.Profile = context =>
        {
            context.Response.StatusCode = 403;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"errors":[{"reason":"Your OAuth token is not authorized to use this endpoint."}]}""");
        };

        (await host.GetAsync("/v4/profile/tokens", "any-token")).MustRefuse(status);
        (await host.GetAsync("/v4/linode/instances", host.Login.Token("ada", "domains:*"))).MustRefuse(status);
    }

    [Theory, Spec("XI-01")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_too_large_is_a_413_and_no_outage(bool declared)
    {
        var answer = await _host.SendAsync(HttpMethod.Post, "/v4/profile/tokens", "any-token", new string('a', 2_000_000), r => r.Headers.TransferEncodingChunked = !declared);

        answer.MustRefuse(413);
    }

    [Fact]
    public async Task When_the_login_server_is_down_the_answer_is_503_in_the_envelope()
    {
        await _host.Login.DisposeAsync();

        (await _host.GetAsync("/v4/profile", "any-token")).MustRefuse(503);
    }

    [Fact]
    public async Task When_the_login_server_is_silent_the_answer_is_503()
    {
        await using var host = await CloudApiHost.StartAsync(o => new CloudApiOptions
        {
            DataDirectory = o.DataDirectory,
            LoginServer = o.LoginServer,
            ClientId = o.ClientId,
            ClientSecret = o.ClientSecret,
            GatewayTimeout = TimeSpan.FromMilliseconds(200),
        });
        host.Login.Profile = async context => await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        (await host.GetAsync("/v4/profile", "any-token")).MustRefuse(503);

        Assert.Contains("CloudApiLoginServerSilent", Assert.Single(host.Log.All));
    }

    [Fact, Spec("XI-15")]
    public async Task A_body_that_breaks_off_fills_no_log()
    {
        var (status, _) = await RawHttp.SendAsync(
            _host.Address, "POST /v4/profile/tokens HTTP/1.1\nAuthorization: Bearer any-token\nTransfer-Encoding: chunked\n", "zz\r\n{}\r\n0\r\n\r\n"u8.ToArray());

        Assert.Equal(400, status);
        Assert.DoesNotContain(_host.Log.All, line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_of_the_login_server_comes_back_as_it_was()
    {
        _host.Login.Profile = context =>
        {
            context.Response.StatusCode = 401;
            context.Response.ContentType = "application/json";
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return context.Response.WriteAsync("""{"errors":[{"reason":"Said there"}]}""");
        };

        var answer = (await _host.GetAsync("/v4/profile", "dead")).MustRefuse(401);

        Assert.Equal("Said there", answer.Reason);
        Assert.Contains("invalid_token", answer.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task A_page_for_people_becomes_the_envelope()
    {
        _host.Login.Profile = context =>
        {
            context.Response.StatusCode = 404;
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("<h1>Not here</h1>");
        };

        Assert.Equal("Not found", (await _host.GetAsync("/v4/account/nothing", "any-token")).MustRefuse(404).Reason);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _host.Login.Profile = context =>
        {
            context.Response.Redirect("https://evil.example/");
            return Task.CompletedTask;
        };

        Assert.Equal(302, (await _host.GetAsync("/v4/profile", "any-token")).Status);
        Assert.Single(_host.Login.Forwarded);
    }
}
