using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.Cli.Tests.Serve;

/// <summary>SIGTERM during calls.</summary>
public sealed class GracefulStopTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact, Spec("F-19")]
    public async Task A_request_in_flight_is_answered_and_none_is_taken_after_it()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);
        using var app = await App.RegisterAsync(_directory.Data, "patient");
        app.Issuer = server.Issuer;
        var (access, _) = await app.LogInAsync();
        var at = new Uri(server.Issuer);
        var form = $"client_id={app.Id}&client_secret={app.Secret}&token={access}";
        using var inFlight = new TcpClient(at.Host, at.Port);
        var stream = inFlight.GetStream();

        // The server asks for the body once it has begun with the request.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /oauth/revoke HTTP/1.1\r\nHost: {at.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\nExpect: 100-continue\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 100", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal("", await reader.ReadLineAsync());

        var ended = server.TerminateAsync();
        await RefusedAsync(at);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(form));

        Assert.StartsWith("HTTP/1.1 200", await reader.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await ended).ExitCode);
        await using var again = await RunningServer.ServeAsync(_directory.Data);
        app.Issuer = again.Issuer;
        Assert.False(await app.IsActiveAsync(access), "The revocation that was answered is lost.");
    }

    [Fact, Spec("F-19")]
    public async Task Every_revocation_answered_around_the_signal_is_kept()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data);
        using var app = await App.RegisterAsync(_directory.Data, "busy");
        app.Issuer = server.Issuer;
        var tokens = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            tokens.Add((await app.LogInAsync()).Access);
        }

        var acknowledged = new ConcurrentQueue<string>();
        var some = new TaskCompletionSource();
        var revocations = Parallel.ForEachAsync(tokens, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (token, _) =>
        {
            try
            {
                await app.RevokeAsync(token);
                acknowledged.Enqueue(token);
            }
            catch (Exception broken) when (broken is HttpRequestException or SocketException)
            {
                // Nobody listens any more, or stopped listening just then.
            }

            if (acknowledged.Count >= 20)
            {
                some.TrySetResult();
            }
        });
        await some.Task;

        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
        await revocations;

        await using var again = await RunningServer.ServeAsync(_directory.Data);
        app.Issuer = again.Issuer;
        Assert.InRange(acknowledged.Count, 20, tokens.Count);
        foreach (var token in acknowledged)
        {
            Assert.False(await app.IsActiveAsync(token), "A revocation that was answered is lost.");
        }
    }

    [Fact, Spec("F-19")]
    public async Task A_load_balancer_sees_it_leave_while_it_still_answers_and_a_second_signal_ends_that()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data, "--drain", "600");
        using var app = await App.RegisterAsync(_directory.Data, "balanced");
        app.Issuer = server.Issuer;
        var (access, _) = await app.LogInAsync();
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(server));

        server.SendTerminate();
        while (await ReadyAsync(server) != HttpStatusCode.ServiceUnavailable)
        {
        }

        Assert.True(await app.IsActiveAsync(access), "It answers no more.");
        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
    }

    [Fact, Spec("F-19")]
    public async Task After_the_drain_it_ends_by_itself()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data, "--drain", "1");

        Assert.Equal(0, (await server.TerminateAsync()).ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_waits_for_no_load_balancer()
    {
        await using var server = await RunningServer.ServeAsync(_directory.Data, "--drain", "600");

        Assert.Equal(0, (await server.InterruptAsync()).ExitCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("601")]
    public async Task A_drain_is_between_nothing_and_ten_minutes(string seconds)
    {
        var refused = await Command.RunAsync("serve", "--data", _directory.Data, "--drain", seconds);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--drain", refused.Error, StringComparison.Ordinal);
    }

    // Each time over a new connection, as a load balancer's probe.
    private static async Task<HttpStatusCode> ReadyAsync(RunningServer server)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.Issuer + "/health/ready"));
        return answer.StatusCode;
    }

    private static async Task RefusedAsync(Uri at)
    {
        while (true)
        {
            try
            {
                using var late = new TcpClient();
                await late.ConnectAsync(at.Host, at.Port);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
