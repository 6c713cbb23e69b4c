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
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

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
        var lanes = subjects.ConvertAll(subject =>
        {
            var operation = Create(name, subject.Site);
            return (Subject: subject, Operation: operation, Pace: subject.WarmUp(operation, WarmUp), Rounds: new List<Round>());
        });
        for (var i = 0; i < Rounds; i++)
        {
            foreach (var lane in lanes)
            {
                lane.Rounds.Add(lane.Subject.Measure(lane.Operation, lane.Pace, TimeSpan.FromSeconds(options.Seconds / Rounds)));
            }
        }

        var measured = lanes.ConvertAll(lane => Measurement.Of(name, lane.Subject.Name, lane.Rounds));
        measured.ForEach(m => progress.WriteLine($"{m.Server}: {name} {m.CallsPerSecond:N0} calls/s, {m.CpuMicroseconds:0.0} µs"));
        return measured;
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
