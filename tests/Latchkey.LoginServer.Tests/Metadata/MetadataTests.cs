using System.Text.Json;
using Latchkey.LoginServer.Tests.Tokens;

namespace Latchkey.LoginServer.Tests.Metadata;

public sealed class MetadataTests
{
    [Fact, Spec("DS-01"), Spec("DS-03"), Spec("RFC8414-3")]
    public async Task It_lists_exactly_what_works()
    {
        await using var server = await BackChannel.StartAsync();
        var json = JsonDocument.Parse(await server.Http.GetStringAsync("/.well-known/oauth-authorization-server")).RootElement;
        Assert.Equal(BackChannel.Issuer, json.Text("issuer"));
        Assert.Equal("[\"code\"]", json.GetProperty("response_types_supported").GetRawText());
        Assert.Equal("[\"S256\"]", json.GetProperty("code_challenge_methods_supported").GetRawText());
        Assert.Equal("[\"authorization_code\",\"refresh_token\"]", json.GetProperty("grant_types_supported").GetRawText());
        Assert.True(json.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        foreach (var endpoint in json.EnumerateObject().Where(m => m.Name.EndsWith("_endpoint", StringComparison.Ordinal)))
        {
            var path = endpoint.Value.GetString()![BackChannel.Issuer.Length..];
            using var response = await server.Http.PostAsync(path, null);
            Assert.NotEqual(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory, Spec("DS-01")]
    [InlineData("https://login.example/tenant")]
    [InlineData("https://login.example/")]
    [InlineData("https://login.example?x")]
    [InlineData("http://login.example")]
    public async Task An_issuer_that_the_addresses_would_not_fit_stops_the_start(string issuer) =>
        await Assert.ThrowsAnyAsync<Exception>(() => BackChannel.StartAsync(o => o.Issuer = issuer));

    [Fact, Spec("DS-04"), Spec("DS-07")]
    public async Task A_forged_host_changes_no_byte_and_anyone_may_read_it()
    {
        await using var server = await BackChannel.StartAsync();
        var plain = await server.Http.GetStringAsync("/.well-known/oauth-authorization-server");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/oauth-authorization-server");
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(plain, await response.Content.ReadAsStringAsync());
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }
}
