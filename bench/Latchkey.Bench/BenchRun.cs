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
            foreach (var name in options.Servers)
            {
                BenchServer server = name == "floor" ? new FloorServer() : new LatchkeyServer();
                progress.WriteLine($"{name}: starting");
                subjects.Add(await Subject.StartAsync(server, options.Connections, stop));
            }

            var measurements = options.Operations.SelectMany(operation => Measure(operation, subjects)).ToList();
            var processes = new List<ProcessFacts>();
            foreach (var subject in subjects)
            {
                processes.Add(await MeasureProcessAsync(subject));
            }

            return new Results(Machine.Here(), options.Connections, measurements, processes, [.. Verdict.All(measurements, processes)]);
        }
        finally
        {
            subjects.ForEach(s => s.Dispose());
        }
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
        var lanes = subjects.ConvertAll(subject => (Subject: subject, Operation: Create(name, subject.Site), Rounds: new List<Round>()));
        foreach (var (subject, operation, _) in lanes)
        {
            progress.WriteLine($"{subject.Name}: {name}");
            subject.WarmUp(operation);
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
        IReadOnlyList<double> memory = [];
        if (options.MemoryCalls > 0)
        {
            progress.WriteLine($"{subject.Name}: memory over {options.MemoryCalls:N0} calls");
            memory = subject.MeasureMemory(options.MemoryCalls);
        }

        var (elapsed, cpu) = await subject.MeasureStartAsync();
        return new ProcessFacts(subject.Name, elapsed.TotalSeconds, cpu.TotalSeconds, memory, options.MemoryCalls);
    }
}
