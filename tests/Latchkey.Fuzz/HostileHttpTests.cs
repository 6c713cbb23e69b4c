using System.Net.Sockets;
using System.Text;
using Latchkey.Fuzz.Framework;

namespace Latchkey.Fuzz;

/// <summary>Bytes that no HTTP client sends, to the real server in front of both.</summary>
public sealed class HostileHttpTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    [Spec("XI-06")]
    public Task A_header_beyond_32_kilobytes_is_a_431() => OnBothAsync(431, $"GET /v4/profile HTTP/1.1\nHost: a\nX-Large: {new string('a', 33 * 1024)}\n\n");

    [Theory]
    [Spec("XI-06")]
    [InlineData("GET /v4/profile HTTP/1.1\n\n")]
    [InlineData("GET /v4/profile HTTP/1.1\nHost: a\nHost: b\n\n")]
    [InlineData("GET /v4/profile HTTP/1.1\nHost: a b\n\n")]
    [InlineData("GET /v4/profile HTTP/1.1\nHost: a/b\n\n")]
    public Task A_missing_double_or_malformed_host_is_a_400(string request) => OnBothAsync(400, request);

    [Theory]
    [Spec("XI-07")]
    [InlineData("Content-Length: 1\nContent-Length: 2\n\nab")]
    [InlineData("Content-Length: -1\n\n")]
    [InlineData("Transfer-Encoding: chunked, identity\n\n0\n\n")]
    [InlineData("Transfer-Encoding: xchunked\n\n0\n\n")]
    [InlineData("Transfer-Encoding: chunked, chunked\n\n3\na=1\n0\n\n")]
    [InlineData("Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n3\na=1\n0\n\n")]
    [InlineData("Content-Length: 3\nTransfer-Encoding: chunked\n\n3\na=1\n0\n\n")]
    [InlineData("Transfer-Encoding: chunked\nContent-Length: 13\n\n3\na=1\n0\n\n")]
    [InlineData("Content-Length: 3, 3\n\na=1")]
    [InlineData("Content-Length : 3\n\na=1")]
    public Task A_body_of_two_lengths_is_a_400_and_the_end(string rest) => OnBothAsync(
        400, "POST /oauth/token HTTP/1.1\nHost: a\nContent-Type: application/x-www-form-urlencoded\n" + rest);

    [Theory]
    [Spec("XI-06")]
    [InlineData("HTTP/1.0\n\n")]
    [InlineData("HTTP/1.1\nHost: \nConnection: close\n\n")]
    [InlineData("HTTP/1.1\nHost: a:99999\nConnection: close\n\n")]
    public async Task No_page_breaks_on_a_host_that_is_none(string rest)
    {
        foreach (var path in (string[])["/", "/login", "/account", "/oauth/authorize", "/nowhere", "/v4/profile", "/v4/regions"])
        {
            foreach (var server in new[] { _world.LoginUrl, _world.ApiUrl })
            {
                var answer = await SendAsync(server, $"GET {path} {rest}".Replace("\n", "\r\n", StringComparison.Ordinal));
                Assert.Matches("^HTTP/1.1 [234]", answer);
            }
        }

        Assert.Empty(_world.Faults.Errors);
    }

    private async Task OnBothAsync(int status, string request)
    {
        foreach (var server in new[] { _world.LoginUrl, _world.ApiUrl })
        {
            var answer = await SendAsync(server, request.Replace("\n", "\r\n", StringComparison.Ordinal));
            Assert.StartsWith($"HTTP/1.1 {status}", answer);
        }

        Assert.Empty(_world.Faults.Errors);
    }

    // Reads to the end: an answer after which the server kept the connection would never come back from here.
    private static async Task<string> SendAsync(Uri server, string request)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Host, server.Port, limit.Token);
        await using var stream = tcp.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // A server that refuses need not read to the end.
        }

        return Encoding.ASCII.GetString(answer.ToArray());
    }
}
