using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.LoginServer.Tests;

/// <summary>What this server does not do it does not half do: no address answers, no grant type works, no metadata claims it.</summary>
public sealed class NotOfferedTests
{
    [Theory]
    [Spec("DV-01"), Spec("DV-02"), Spec("DV-03"), Spec("DV-05"), Spec("DV-06"), Spec("DV-07"), Spec("DV-08"), Spec("DV-10")]
    [Spec("PR-01"), Spec("PR-02"), Spec("PR-03"), Spec("PR-04"), Spec("PR-07"), Spec("PR-08"), Spec("PR-09")]
    [Spec("UI-01"), Spec("UI-02"), Spec("UI-03"), Spec("UI-04"), Spec("UI-05"), Spec("UI-06"), Spec("UI-07"), Spec("UI-08"), Spec("DS-05")]
    [Spec("RG-01"), Spec("RG-03"), Spec("RG-04"), Spec("RG-07")]
    [Spec("LG-14"), Spec("LG-15"), Spec("LG-18")]
    [InlineData("/oauth/device_authorization")]
    [InlineData("/oauth/device")]
    [InlineData("/device")]
    [InlineData("/oauth/par")]
    [InlineData("/oauth/userinfo")]
    [InlineData("/userinfo")]
    [InlineData("/oauth/register")]
    [InlineData("/register")]
    [InlineData("/oauth/jwks")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/oauth/end_session")]
    [InlineData("/login/second-factor")]
    [InlineData("/login/recovery")]
    [InlineData("/forgot/password")]
    [InlineData("/account/reset")]
    public async Task There_is_no_such_address(string path)
    {
        await using var server = await BackChannel.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(path, null, method: HttpMethod.Get)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.PostAsync(path, server.App, ("scope", "linodes:read_only"))).Status);
    }

    [Theory]
    [Spec("TK-07"), Spec("TK-43"), Spec("DV-11"), Spec("RA-11")]
    [InlineData("client_credentials")]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange")]
    [InlineData("urn:openid:params:grant-type:ciba")]
    [InlineData("AUTHORIZATION_CODE")]
    [InlineData("authorization_code ")]
    public async Task There_is_no_such_grant_type(string grantType)
    {
        await using var server = await BackChannel.StartAsync();
        var open = await server.AddClientAsync(new() { Label = "Public", RedirectUris = ["https://app.example/cb"], Public = true });

        foreach (var client in new[] { server.App, open })
        {
            (await server.PostAsync("/oauth/token", client, ("grant_type", grantType), ("code", "x"), ("scope", "linodes:read_only")))
                .ExpectError(HttpStatusCode.BadRequest, "unsupported_grant_type");
        }
    }

    [Fact]
    [Spec("TK-15"), Spec("TK-16"), Spec("TK-17"), Spec("DP-11"), Spec("RA-15")]
    public async Task The_metadata_claims_none_of_it()
    {
        await using var server = await BackChannel.StartAsync();

        var metadata = (await server.SendAsync("/.well-known/oauth-authorization-server", null, method: HttpMethod.Get)).Expect(HttpStatusCode.OK);

        string[] claims =
        [
            "device_authorization_endpoint", "pushed_authorization_request_endpoint", "require_pushed_authorization_requests", "registration_endpoint",
            "userinfo_endpoint", "jwks_uri", "end_session_endpoint", "dpop_signing_alg_values_supported", "id_token_signing_alg_values_supported",
            "token_endpoint_auth_signing_alg_values_supported", "request_parameter_supported", "request_uri_parameter_supported", "claims_supported",
            "acr_values_supported", "backchannel_authentication_endpoint", "tls_client_certificate_bound_access_tokens",
        ];
        Assert.All(claims, claim => Assert.False(metadata.TryGetProperty(claim, out _), claim));
        Assert.All(
            (string[])["token_endpoint_auth_methods_supported", "revocation_endpoint_auth_methods_supported", "introspection_endpoint_auth_methods_supported"],
            list => Assert.DoesNotContain(metadata.GetProperty(list).EnumerateArray(), m => m.GetString()!.Contains("jwt", StringComparison.Ordinal)));
    }

    [Theory]
    [Spec("TK-15"), Spec("TK-16"), Spec("TK-17")]
    [InlineData("")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task An_assertion_proves_no_client(string assertion)
    {
        await using var server = await BackChannel.StartAsync();
        var code = await server.IssueCodeAsync();

        (await server.RedeemAsync(
            code, null, ("client_secret", ""), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion)))
            .ExpectError(HttpStatusCode.Unauthorized, "invalid_client");
        (await server.RedeemAsync(code)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    [Spec("DP-01"), Spec("DP-02"), Spec("DP-03"), Spec("DP-04"), Spec("DP-05"), Spec("DP-06"), Spec("DP-07"), Spec("DP-08"), Spec("DP-10"), Spec("DP-11"), Spec("IN-08")]
    public async Task A_proof_of_possession_is_passed_over_and_binds_nothing()
    {
        await using var server = await BackChannel.StartAsync();
        server.Http.DefaultRequestHeaders.TryAddWithoutValidation("DPoP", "eyJ0eXAiOiJkcG9wK2p3dCJ9.e30.x");

        var tokens = await server.IssueTokensAsync();

        Assert.Equal("bearer", tokens.Text("token_type"));
        var described = await server.IntrospectAsync(tokens.Text("access_token"));
        Assert.Equal("bearer", described.Text("token_type"));
        Assert.False(described.TryGetProperty("cnf", out _));
    }

    [Fact]
    [Spec("RG-10")]
    public async Task No_route_is_for_administrators()
    {
        await using var server = await BackChannel.StartAsync();

        var routes = server.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).ToList();

        Assert.NotEmpty(routes);
        Assert.DoesNotContain(routes, r => r.Contains("admin", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [Spec("XI-13"), Spec("AZ-42"), Spec("PR-10")]
    [InlineData("jku")]
    [InlineData("x5u")]
    public async Task Nobody_is_fetched_from_for_a_JWT_or_a_request_uri(string header)
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var url = $"http://{canary.LocalEndpoint}/";
        string[] tokens =
        [
            Jwt($$"""{"alg":"RS256","{{header}}":"{{url}}","kid":"../x"}"""), Jwt($$"""{"alg":"HS256","kid":"' or 1"}"""), Jwt("""{"alg":"none"}"""),
            Jwt($$"""{"alg":"RS256","cty":"JWT","{{header}}":"{{url}}"}""", 1 << 20),
        ];
        await using var server = await BackChannel.StartAsync();
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var client = await host.AddClientAsync();
        var browser = await host.LogInAsync();
        foreach (var token in tokens)
        {
            Assert.Equal("""{"active":false}""", (await server.IntrospectAsync(token)).GetRawText());
            (await server.RefreshAsync(token)).ExpectError(HttpStatusCode.BadRequest, "invalid_grant");
            if (token.Length < 4096)
            {
                (await server.SendAsync("/v4/profile", null, "Bearer " + token, HttpMethod.Get)).Expect(HttpStatusCode.Unauthorized);
                var asked = await browser.GetAsync(App.Authorize(client, ("request", token)));
                Assert.Equal("request_not_supported", asked.Parameter(OAuthParameters.Error));
                Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(App.Authorize(client, ("id_token_hint", token)))).Status);
            }
        }

        foreach (var address in new[] { url, "file:///etc/passwd", "urn:ietf:params:oauth:request_uri:x" })
        {
            var asked = await browser.GetAsync(App.Authorize(client, ("request_uri", address)));
            Assert.Equal("request_uri_not_supported", asked.Parameter(OAuthParameters.Error));
        }

        Assert.False(canary.Pending());
    }

    private static string Jwt(string header, int size = 8) =>
        $"{Base64(Encoding.UTF8.GetBytes(header))}.{Base64(JsonSerializer.SerializeToUtf8Bytes(new { sub = new string('a', size) }))}.x";

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
