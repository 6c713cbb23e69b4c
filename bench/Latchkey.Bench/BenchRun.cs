using Latchkey.Bench.Operations;
using Latchkey.Bench.Report;
using Latchkey.Bench.Servers;

namespace Latchkey.Bench;

/// <summary>
/// The whole run. The servers take turns in short rounds, so that whatever slows the machine for a while slows all of them.
/// </summary>
internal sealed class BenchRun(BenchOptions options, TextWriter progress)
{
    private const int Rounds = 5;

    public async Task<Results> RunAsync(CancellationToken stop)
    {
        var subjects = new List<Subject>();
        try
        {
            foreach (var server in Servers())
            {
                Say($"{server.Name}: starting and warming up");
                var subject = await Subject.StartAsync(server, options.Connections, stop);
                subjects.Add(subject);
                subject.WarmUp();
            }

            var measurements = options.Operations.SelectMany(operation => Measure(operation, subjects)).ToList();

            // Before the processes, whose measurement ends in restarts.
            var stores = await MeasureStoresAsync(subjects);
            var sweeps = await MeasureSweepsAsync(subjects);
            var processes = new List<ProcessFacts>();
            foreach (var subject in subjects)
            {
                processes.Add(await MeasureProcessAsync(subject));
            }

            return new Results(Machine.Here(), options.Connections, measurements, processes, stores, sweeps, [.. Verdict.All(measurements, processes, stores)]);
        }
        finally
        {
            subjects.ForEach(s => s.Dispose());
        }
    }

    // The full stores beside the empty ones.
    private IEnumerable<BenchServer> Servers() => options.Servers.SelectMany(name => options.Grants
        .Select(grants => (BenchServer?)(name switch
        {
            "latchkey" => LatchkeyServer.OnSqlite(grants),
            "latchkey-postgres" => LatchkeyServer.OnPostgres(grants, options.SharedBuffers),
            _ => null,
        }))
        .OfType<BenchServer>()
        .Prepend(BenchServer.Create(name, options.SharedBuffers)));

    private async Task<List<StoreFacts>> MeasureStoresAsync(List<Subject> subjects)
    {
        var stores = new List<StoreFacts>();
        foreach (var subject in subjects.Where(s => options.Refreshes > 0 && s.StartedEmpty))
        {
            Say($"{subject.Name}: {options.Refreshes:N0} refreshes");
            if (await subject.MeasureStoreAsync(options.Refreshes) is { } facts)
            {
                stores.Add(facts);
            }
        }

        return stores;
    }

    private async Task<List<SweepFacts>> MeasureSweepsAsync(List<Subject> subjects)
    {
        // What is measured of it is how long refreshes take meanwhile.
        var sweeps = new List<SweepFacts>();
        foreach (var subject in subjects.Where(_ => options.Operations.Contains("refresh")))
        {
            if (await subject.MeasureSweepAsync() is { } facts)
            {
                sweeps.Add(facts);
                Say($"{subject.Name}: swept");
            }
        }

        return sweeps;
    }

    private static Operation Create(string name, Site site) => name switch
    {
        "authorize" => new Authorize(site),
        "exchange" => new Exchange(site),
        "introspect" => new Introspect(site),
        "refresh" => new Refresh(site),
        _ => new Revoke(site),
    };

    private List<Measurement> Measure(string name, List<Subject> subjects)
    {
        Say(name);
        var lanes = subjects.ConvertAll(subject => (Subject: subject, Operation: Create(name, subject.Site), Rounds: new List<Round>()));
        foreach (var (subject, operation, _) in lanes)
        {
            subject.FindPace(operation);
        }

        for (var i = 0; i < Rounds; i++)
        {
            foreach (var (subject, operation, rounds) in lanes)
            {
                rounds.Add(subject.Measure(operation, TimeSpan.FromSeconds(options.Seconds / Rounds)));
            }
        }

        return lanes.ConvertAll(lane => Measurement.Of(name, lane.Subject.Name, lane.Rounds));
    }

    private async Task<ProcessFacts> MeasureProcessAsync(Subject subject)
    {
        var afterRun = subject.Process.ResidentMegabytes;
        IReadOnlyList<double> memory = [];
        var calls = subject.Name == LatchkeyServer.EmptyName ? options.MemoryCalls : 0;
        if (calls > 0)
        {
            Say($"{subject.Name}: memory over {calls:N0} calls");
            memory = subject.MeasureMemory(calls);
        }

        Say($"{subject.Name}: starts");
        var (elapsed, cpu) = await subject.MeasureStartAsync();
        return new ProcessFacts(subject.Name, elapsed.TotalSeconds, cpu.TotalSeconds, afterRun, memory, calls, subject.BytesPerGrant);
    }

    private void Say(string what) => progress.WriteLine($"{DateTimeOffset.Now:HH:mm:ss} {what}");
}
