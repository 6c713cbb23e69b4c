using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Latchkey.Bench.Servers;

/// <summary>A server in a process of its own, and what the system says that it uses.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        // Read so that it never fills up; what servers say there is not wanted.
        _ = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>From the start of the process to its first whole answer.</summary>
    public TimeSpan FirstAnswerAfter { get; private set; }

    /// <summary>The CPU time it had used by then.</summary>
    public TimeSpan FirstAnswerCpu { get; private set; }

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    public static IPEndPoint FreeAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    public static async Task<ServerProcess> StartAsync(string file, IEnumerable<string> args, IPEndPoint address)
    {
        var start = Cores.ServerStart(file, args);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        var since = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Process.Start(start)!);
        try
        {
            await server.WaitForFirstAnswerAsync(address, since);
            server.FirstAnswerAfter = Stopwatch.GetElapsedTime(since);
            server.FirstAnswerCpu = server.CpuTime;
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        // What the servers hold is thrown away with the directory: nothing is gained by stopping them gently.
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task WaitForFirstAnswerAsync(IPEndPoint address, long since)
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{address}/.well-known/oauth-authorization-server"));
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException && Stopwatch.GetElapsedTime(since) < Patience && !_process.HasExited)
            {
                await Task.Delay(2);
            }
            catch (HttpRequestException e)
            {
                throw new BenchException($"{_process.StartInfo.ArgumentList.LastOrDefault()} gave no first answer: {e.Message}\n{(_process.HasExited ? await _errors : "")}");
            }
        }
    }
}
