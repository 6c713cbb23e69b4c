using System.Net;
using System.Net.Sockets;
using System.Text;
using Latchkey.LoginServer.Tests.Framework;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Security;

public sealed class KestrelLimitsTests
{
    [Fact]
    [Spec("XI-06")]
    public async Task A_header_beyond_32_kilobytes_is_a_431()
    {
        await using var host = await StartAsync();

        var answer = await AskAsync(host, $"GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('a', 33 * 1024)}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431", answer);
    }

    [Theory]
    [Spec("XI-06")]
    [InlineData("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n")]
    public async Task A_missing_double_or_malformed_host_is_a_400(string request)
    {
        await using var host = await StartAsync();

        Assert.StartsWith("HTTP/1.1 400", await AskAsync(host, request));
    }

    [Theory]
    [Spec("DS-04")]
    [Spec("XI-06")]
    [InlineData("GET / HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET /login HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n", 200)]
    [InlineData("GET /login HTTP/1.1\r\nHost: a.example:99999\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("GET /oauth/authorize HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nConnection: close\r\n\r\n", 400)]
    [InlineData("GET /account HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Prefix: /evil.example\r\nX-Original-URL: /login\r\nConnection: close\r\n\r\n", 303)]
    public async Task A_page_is_the_same_whatever_the_request_calls_the_host(string request, int status)
    {
        await using var host = await StartAsync();

        var answer = await AskAsync(host, request);

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
        Assert.DoesNotContain("evil.example", answer);
        Assert.DoesNotContain(" failed.", host.Log.Text);
    }

    [Theory]
    [Spec("XI-06")]
    [InlineData("; ")]
    [InlineData("\r\nCookie: ")]
    public async Task Two_hundred_cookies_are_a_431(string between)
    {
        await using var host = await StartAsync();

        var cookies = string.Join(between, Enumerable.Range(0, 200).Select(i => $"c{i}=1"));

        Assert.StartsWith("HTTP/1.1 431", await AskAsync(host, $"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    [Spec("XI-06")]
    public async Task As_many_cookies_as_a_browser_keeps_are_fine()
    {
        await using var host = await StartAsync();

        var cookies = string.Join("; ", Enumerable.Range(0, 180).Select(i => $"c{i}=1"));

        Assert.StartsWith("HTTP/1.1 200", await AskAsync(host, $"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"));
    }

    [Theory]
    [Spec("XI-07")]
    [InlineData("Content-Length: 3\r\nContent-Length: 3", "a=1")]
    [InlineData("Content-Length: 3\r\nContent-Length: 4", "a=1")]
    [InlineData("Content-Length: 3, 3", "a=1")]
    [InlineData("Content-Length: -3", "a=1")]
    [InlineData("Content-Length: 0x3", "a=1")]
    [InlineData("Content-Length : 3", "a=1")]
    [InlineData("Content-Length: 3\r\nTransfer-Encoding: chunked", "3\r\na=1\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, chunked", "3\r\na=1\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked", "3\r\na=1\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "3;x\na=1\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "+3\r\na=1\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "3\r\na=1XX0\r\n\r\n")]
    public async Task A_length_two_servers_could_read_differently_is_a_400_and_the_end(string headers, string body)
    {
        await using var host = await StartAsync();

        var answer = await AskAsync(
            host, $"POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}\r\n\r\n{body}GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Single(answer.Split("HTTP/1.1 ")[1..]);
    }

    [Fact]
    [Spec("XI-07")]
    public async Task A_length_with_a_plus_is_read_as_that_number()
    {
        // Kestrel does, and nothing above it can see the sign. When it no longer does, this departure goes.
        await using var host = await StartAsync();

        var answer = await AskAsync(
            host, "POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: +3\r\nConnection: close\r\n\r\na=1");

        Assert.StartsWith("HTTP/1.1 401", answer);
    }

    [Fact]
    [Spec("XI-01")]
    public async Task A_body_over_the_limit_is_a_413()
    {
        await using var host = await StartAsync();

        var answer = await AskAsync(
            host, "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", answer);
    }

    [Fact]
    [Spec("XI-01")]
    public async Task A_form_of_ten_thousand_fields_is_a_400()
    {
        await using var host = await LoginServerHost.StartAsync();
        var fields = Enumerable.Range(0, 10_000).Select(i => ($"f{i}", "1")).ToArray();

        Assert.Equal(HttpStatusCode.BadRequest, (await host.NewBrowser().PostAsync("/login", fields)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.NewBrowser().PostAsync("/oauth/authorize", fields)).Status);
    }

    [Fact]
    [Spec("XI-02")]
    public async Task A_parameter_of_a_hundred_kilobytes_is_refused()
    {
        await using var host = await StartAsync();

        var answer = await AskAsync(host, $"GET /oauth/authorize?state={new string('a', 100 * 1024)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 414", answer);
    }

    [Fact]
    public async Task The_server_does_not_say_what_it_is()
    {
        await using var host = await StartAsync();

        Assert.DoesNotContain("\r\nServer:", await AskAsync(host, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    private static Task<LoginServerHost> StartAsync() =>
        LoginServerHost.StartAsync(server: b => b.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0").ConfigureLatchkeyKestrel());

    private static async Task<string> AskAsync(LoginServerHost host, string request)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var address = new Uri(host.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var stream = tcp.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
            await stream.CopyToAsync(answer, cancellationToken);
        }
        catch (IOException)
        {
            // A server that refuses a large request need not read it to its end.
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
