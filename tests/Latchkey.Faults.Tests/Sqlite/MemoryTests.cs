using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.Faults.Tests.Sqlite;

/// <summary>Little memory, and less than that.</summary>
public sealed class MemoryTests
{
    private const long Cap = 256 << 20;
    private const int Stalled = 1000;

    private static readonly TimeSpan Steady = LongRun.IsWanted ? TimeSpan.FromMinutes(30) : TimeSpan.Zero;

    /// <summary>In a container .NET takes three quarters of the cap for its heap; it is told so here, where there is none.</summary>
    private static readonly Dictionary<string, string> Capped = new() { ["DOTNET_GCHeapHardLimit"] = (Cap * 3 / 4).ToString("X", CultureInfo.InvariantCulture) };

    [Fact]
    [Spec("F-20")]
    public async Task Under_load_and_a_thousand_stalled_connections_the_server_stays_within_256_MB()
    {
        using var directory = new TempDirectory();
        await using var server = await ServeAsync(directory);
        using var app = await App.RegisterAsync(directory.Data, "frugal");
        app.Issuer = server.Issuer;
        var ledger = new Ledger(app);
        var stalled = new List<TcpClient>();
        try
        {
            await ledger.LogInAsync();
            for (var i = 0; i < Stalled; i++)
            {
                stalled.Add(await StallAsync(new Uri(server.Issuer)));
            }

            var load = new Load(ledger, apps: 8);
            load.Start();
            var since = Stopwatch.StartNew();
            do
            {
                await load.AcknowledgedAsync(2000);
            }
            while (since.Elapsed < Steady);

            await load.StopAsync();
            Assert.False(server.HasEnded);
            Assert.InRange(Peak(server.Id), 1, Cap);
        }
        finally
        {
            stalled.ForEach(s => s.Dispose());
        }

        await ledger.CheckAsync(directory.Data);
    }

    [Fact]
    [Spec("F-20")]
    public async Task A_server_that_runs_out_of_memory_loses_nothing_it_acknowledged()
    {
        using var directory = new TempDirectory();
        var server = await ServeAsync(directory);
        try
        {
            using var app = await App.RegisterAsync(directory.Data, "starved");
            app.Issuer = server.Issuer;
            var ledger = new Ledger(app) { NotNow = HttpStatusCode.InternalServerError };
            await ledger.LogInAsync();
            var load = new Load(ledger, apps: 16);
            load.Start();
            await load.AcknowledgedAsync(200);

            // From here on nothing more is to be had than it has, of which .NET dies before long.
            using (var limit = Process.Start("prlimit", ["--pid", $"{server.Id}", $"--data={Status(server.Id, "VmData")}"]))
            {
                await limit.WaitForExitAsync();
                Assert.Equal(0, limit.ExitCode);
            }

            await load.AcknowledgedAsync(10_000, patience: TimeSpan.FromSeconds(30));
            await server.KillAsync();
            await load.StopAsync();
            await server.DisposeAsync();

            server = await RunningServer.ServeAsync(directory.Data);
            app.Issuer = server.Issuer;
            await ledger.CheckAsync(directory.Data);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static Task<RunningServer> ServeAsync(TempDirectory directory) =>
        RunningServer.StartAsync(Capped, "serve", "--data", directory.Data, "--json", "--urls", "http://127.0.0.1:0");

    private static async Task<TcpClient> StallAsync(Uri at)
    {
        var client = new TcpClient();
        await client.ConnectAsync(at.Host, at.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /oauth/token HTTP/1.1\r\nHost: {at.Authority}\r\nContent-Le"));
        return client;
    }

    private static long Peak(int process) => Status(process, "VmHWM");

    private static long Status(int process, string what) => 1024 * long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith(what + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);
}
