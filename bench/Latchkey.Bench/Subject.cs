using Latchkey.Bench.Load;
using Latchkey.Bench.Operations;
using Latchkey.Bench.Report;
using Latchkey.Bench.Servers;

namespace Latchkey.Bench;

/// <summary>One server with a driver connected to it, measured in rounds so that several subjects can take turns.</summary>
internal sealed class Subject : IDisposable
{
    private const int LeastWarmUp = 6;
    private const int MostWarmUp = 10;
    private const double SpareSupply = 1.2;

    // That are refreshed over and over.
    private const int Grants = 1000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan WarmUpRound = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PaceRound = TimeSpan.FromSeconds(1);
    private readonly BenchServer _server;
    private readonly LoadDriver _driver;
    private readonly Dictionary<string, double> _pace = [];
    private double _mixedPace;

    private Subject(BenchServer server, Site site, LoadDriver driver)
    {
        _server = server;
        Site = site;
        _driver = driver;
    }

    public string Name => _server.Name;

    public Site Site { get; }

    public ServerProcess Process => _server.Process;

    /// <summary>Its store holds what the load has put there.</summary>
    public bool StartedEmpty => _server.BytesPerGrant is null;

    public double? BytesPerGrant => _server.BytesPerGrant;

    public static async Task<Subject> StartAsync(BenchServer server, int connections, CancellationToken stop)
    {
        try
        {
            var site = await server.StartAsync();
            return new Subject(server, site, new LoadDriver([site.Address, .. site.OtherAddresses], connections, stop));
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs whole lives until calls no longer become cheaper: all five calls become warm together, and nothing has to be made
    /// beforehand. After each round the server rests: on one core .NET compiles for good only after a second without anything
    /// new, and a load that never pauses puts that off into the rounds that count.
    /// </summary>
    public void WarmUp()
    {
        var operation = new WholeLife(Site, _driver.Connections);
        var cheapest = double.MaxValue;
        for (int round = 0, still = 0; round < MostWarmUp && (round < LeastWarmUp || still < 3); round++)
        {
            var cost = Measure(operation, WarmUpRound).CpuMicroseconds;
            Thread.Sleep(Rest);
            still = cost < cheapest * 0.97 ? 0 : still + 1;
            cheapest = Math.Min(cheapest, cost);
        }

        _mixedPace = _pace[operation.Name];
    }

    /// <summary>A round that does not count: how many calls this server answers in a second decides how much is made ready for it.</summary>
    public void FindPace(Operation operation) => Measure(operation, PaceRound);

    public Round Measure(Operation operation, TimeSpan time)
    {
        var calls = _pace.GetValueOrDefault(operation.Name, _mixedPace) * time.TotalSeconds * SpareSupply;
        operation.Prepare(_driver, Math.Max((int)calls, _driver.Connections));
        var (before, database) = (_server.CpuTime, _server.Store?.Use);
        var result = _driver.Run(operation, LoadLimit.For(time));
        var cpu = _server.CpuTime - before;
        _pace[operation.Name] = result.CallsPerSecond;
        return new Round(result, cpu, _server.Store?.Use?.Cpu - database?.Cpu);
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

    /// <summary>
    /// Refreshes a thousand grants over and over: what the store takes on the disk after each tenth of the calls, and how many calls
    /// shared one write to the disk, where the database says. Null for a server that is not ours.
    /// </summary>
    public async Task<StoreFacts?> MeasureStoreAsync(long calls)
    {
        const int Parts = 10;
        if (_server.Store is not { } store)
        {
            return null;
        }

        var operation = new Refresh(Site, Grants);
        operation.Prepare(_driver, 0);
        var before = await SettledAsync(store);
        var megabytes = new List<double>();
        for (var i = 0; i < Parts; i++)
        {
            _driver.Run(operation, LoadLimit.Of(calls / Parts));
            megabytes.Add(store.Bytes / 1048576.0);
        }

        var flushes = (await SettledAsync(store))?.Flushes - before?.Flushes;
        return new StoreFacts(Name, Grants, calls, megabytes, (double)calls / flushes);
    }

    /// <summary>
    /// Forgets the ended grants of a full store by the operator's command, on the servers' core, while refreshes go on. Null for a
    /// server that is not ours or started empty.
    /// </summary>
    public async Task<SweepFacts?> MeasureSweepAsync()
    {
        if (_server is not LatchkeyServer latchkey || StartedEmpty)
        {
            return null;
        }

        var operation = new Refresh(Site, Grants);
        operation.Prepare(_driver, 0);
        var before = _driver.Run(operation, LoadLimit.For(PaceRound * 5)).Latencies;
        var sweep = latchkey.SweepAsync();
        var meanwhile = new Latencies();
        while (!sweep.IsCompleted)
        {
            meanwhile.Add(_driver.Run(operation, LoadLimit.For(PaceRound)).Latencies);
        }

        var (forgotten, elapsed) = await sweep;
        return new SweepFacts(Name, forgotten, elapsed.TotalSeconds, Of(before), Of(meanwhile));

        static (double, double) Of(Latencies latencies) => (latencies.Percentile(0.99), latencies.Percentile(1));
    }

    // PostgreSQL's processes tell of what they did when they have been idle for ten seconds.
    private static async Task<DatabaseUse?> SettledAsync(LatchkeyStore store)
    {
        if (store.Use is not null)
        {
            await Task.Delay(TimeSpan.FromSeconds(12));
        }

        return store.Use;
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
