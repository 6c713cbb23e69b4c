using Latchkey.Bench.Load;
using Latchkey.Bench.Operations;
using Latchkey.Bench.Report;
using Latchkey.Bench.Servers;

namespace Latchkey.Bench;

/// <summary>One server with a driver connected to it, measured in rounds so that several subjects can take turns.</summary>
internal sealed class Subject : IDisposable
{
    private const int FirstSupply = 20_000;
    private const double SpareSupply = 1.2;
    private readonly BenchServer _server;
    private readonly LoadDriver _driver;

    private Subject(BenchServer server, Site site, LoadDriver driver)
    {
        _server = server;
        Site = site;
        _driver = driver;
    }

    public string Name => _server.Name;

    public Site Site { get; }

    public ServerProcess Process => _server.Process;

    public static async Task<Subject> StartAsync(BenchServer server, int connections, CancellationToken stop)
    {
        try
        {
            var site = await server.StartAsync();
            return new Subject(server, site, new LoadDriver(site.Address, connections, stop));
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Runs until the code under it is compiled for good; returns the pace, in calls per second.</summary>
    public double WarmUp(Operation operation, TimeSpan time)
    {
        operation.Prepare(_driver, FirstSupply);
        var result = _driver.Run(operation, LoadLimit.For(time));
        return result.Calls / result.Elapsed.TotalSeconds;
    }

    public Round Measure(Operation operation, double pace, TimeSpan time)
    {
        operation.Prepare(_driver, (int)(pace * time.TotalSeconds * SpareSupply));
        var before = Process.CpuTime;
        var result = _driver.Run(operation, LoadLimit.For(time));
        return new Round(result.Calls, result.Elapsed, Process.CpuTime - before, result.Latencies);
    }

    /// <summary>Resident memory after each tenth of the calls.</summary>
    public IReadOnlyList<double> MeasureMemory(long calls)
    {
        const int Parts = 10;
        var operation = new WholeLife(Site, _driver.Connections);
        var megabytes = new List<double>();
        for (var i = 0; i < Parts; i++)
        {
            _driver.Run(operation, LoadLimit.Of(calls / Parts));
            megabytes.Add(Process.ResidentMegabytes);
        }

        return megabytes;
    }

    /// <summary>Starts the server again and again on the data that it has by now; from the start to the first answer, the middle time of all.</summary>
    public async Task<(TimeSpan Elapsed, TimeSpan Cpu)> MeasureStartAsync()
    {
        const int Starts = 5;
        var starts = new List<(TimeSpan Elapsed, TimeSpan Cpu)>();
        for (var i = 0; i < Starts; i++)
        {
            await _server.RestartAsync();
            starts.Add((Process.FirstAnswerAfter, Process.FirstAnswerCpu));
        }

        return starts.Order().ElementAt(Starts / 2);
    }

    public void Dispose()
    {
        _driver.Dispose();
        _server.Dispose();
    }
}
