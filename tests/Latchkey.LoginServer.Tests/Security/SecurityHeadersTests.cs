using System.Net;
using Latchkey.LoginServer.Security;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage;
using Microsoft.AspNetCore.Builder;

namespace Latchkey.LoginServer.Tests.Security;

public sealed class SecurityHeadersTests
{
    [Theory]
    [Spec("LO-10")]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/login", 200)]
    [InlineData("GET", "/logout", 200)]
    [InlineData("GET", "/oauth/authorize", 400)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("PUT", "/login", 405)]
    [InlineData("POST", "/login", 400)]
    [InlineData("GET", "/broken", 500)]
    [InlineData("GET", "/unavailable", 503)]
    public async Task Every_page_is_guarded(string method, string path, int status)
    {
        await using var host = await LoginServerHost.StartAsync("https://login.example.com", endpoints: Break);

        var answer = await host.NewBrowser().SendAsync(new HttpMethod(method), path);

        Assert.Equal(status, (int)answer.Status);
        Assert.StartsWith("text/html", answer.Header("Content-Type"));
        var policy = answer.Header("Content-Security-Policy")!;
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("DENY", answer.Header("X-Frame-Options"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Contains("no-store", answer.Header("Cache-Control"));
        Assert.Equal("max-age=31536000", answer.Header("Strict-Transport-Security"));
        Assert.Null(answer.Header("blazor-enhanced-nav"));
        Assert.Empty(answer.Page.Scripts);
        Assert.Empty(answer.Page.QuerySelectorAll("[style], style, [onclick], [onload]"));
        Assert.Equal("en", answer.Page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Without_tls_nobody_is_told_to_use_it()
    {
        await using var host = await LoginServerHost.StartAsync();

        Assert.Null((await host.NewBrowser().GetAsync("/")).Header("Strict-Transport-Security"));
    }

    [Fact]
    [Spec("LX-04")]
    public async Task What_broke_is_in_the_log_and_a_number_on_the_page()
    {
        await using var host = await LoginServerHost.StartAsync(endpoints: Break);

        var answer = await host.NewBrowser().GetAsync("/broken");

        Assert.DoesNotContain("SELECT", answer.Text);
        Assert.DoesNotContain("Exception", answer.Text);
        var number = answer.Page.QuerySelector(".code")!.TextContent;
        Assert.Contains(host.Log.Text.Split('\n'), line => line.Contains(number, StringComparison.Ordinal) && line.Contains("SELECT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_cannot_answer_is_a_503_that_says_when()
    {
        await using var host = await LoginServerHost.StartAsync(endpoints: Break);

        var page = await host.NewBrowser().GetAsync("/unavailable");
        var json = await host.NewBrowser().GetAsync("/v4x/unavailable");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("5", page.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, json.Status);
    }

    [Theory]
    [InlineData("/oauth/token", "Method Not Allowed")]
    [InlineData("/v4/nowhere", "Not found")]
    public async Task Programs_get_json(string path, string reason)
    {
        await using var host = await LoginServerHost.StartAsync();

        var answer = await host.NewBrowser().GetAsync(path);

        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Contains($"\"errors\":[{{\"reason\":\"{reason}\"}}]", answer.Text);
    }

    [Theory]
    [InlineData("https://app.example/cb?x=1", "https://app.example")]
    [InlineData("https://app.example:8443/cb", "https://app.example:8443")]
    [InlineData("http://127.0.0.1:51004/cb", "http://127.0.0.1:51004")]
    [InlineData("http://[::1]:51004/cb", "http:")]
    [InlineData("com.example.app:/cb", "com.example.app:")]
    public void A_redirect_uri_becomes_a_source_that_browsers_understand(string uri, string source) =>
        Assert.Equal(source, SecurityHeaders.SourceOf(uri));

    private static void Break(WebApplication app)
    {
        app.MapGet("/broken", void () => throw new InvalidOperationException("SELECT something secret"));
        app.MapGet("/unavailable", void () => throw new StorageUnavailableException("locked"));
        app.MapGet("/v4x/unavailable", void () => throw new StorageUnavailableException("locked"));
    }
}
