using System.CommandLine;
using Latchkey.Bench;
using Latchkey.Bench.Report;
using Latchkey.Bench.Servers;

#if DEBUG
await Console.Error.WriteLineAsync("Numbers of a Debug build mean nothing: run with -c Release.");
return 2;
#else
if (await Cores.MoveDriverAsync(args) is { } exitCode)
{
    return exitCode;
}

string[] operations = [.. Targets.Ratio.Keys];
var seconds = new Option<double>("--seconds") { Description = "Measured time of each call on each server", DefaultValueFactory = _ => 5 };
var connections = new Option<int>("--connections") { Description = "How many call at once", DefaultValueFactory = _ => 32 };
var only = new Option<string[]>("--only") { Description = "Calls to measure", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => operations };
var against = new Option<string[]>("--servers") { Description = "Servers to measure", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => BenchServer.Names };
var grants = new Option<long[]>("--grants") { Description = "Measure Latchkey also with so many grants already in its store", AllowMultipleArgumentsPerToken = true };
var memory = new Option<long>("--memory-calls") { Description = "Calls of Latchkey's memory run; 0 leaves it out", DefaultValueFactory = _ => 1_000_000 };
var refreshes = new Option<long>("--refreshes") { Description = "Refreshes of a thousand grants, to see what the store takes; 0 leaves it out", DefaultValueFactory = _ => 1_000_000 };
var buffers = new Option<int>("--shared-buffers") { Description = "What each PostgreSQL keeps in memory, in megabytes", DefaultValueFactory = _ => 1024 };
var json = new Option<FileInfo?>("--json") { Description = "Where to write the results as JSON" };
var markdown = new Option<FileInfo?>("--markdown") { Description = "Where to write the tables; a file that marks their place with '<!-- measured -->' and '<!-- /measured -->' keeps the rest" };
var svg = new Option<FileInfo?>("--svg") { Description = "Where to draw the results" };
only.AcceptOnlyFromAmong(operations);
against.AcceptOnlyFromAmong(BenchServer.Names);
grants.Validators.Add(result =>
{
    if (result.Tokens.Any(t => !long.TryParse(t.Value, out var count) || count < 1))
    {
        result.AddError("--grants takes whole numbers from 1 up.");
    }
});

var command = new RootCommand("Measures what Latchkey's calls cost beside the least that they could cost, and beside other servers'.")
{
    seconds, connections, only, against, grants, memory, refreshes, buffers, json, markdown, svg,
};
command.SetAction(async (parsed, stop) =>
{
    var options = new BenchOptions(
        parsed.GetValue(seconds),
        parsed.GetValue(connections),
        parsed.GetValue(only)!,
        parsed.GetValue(against)!,
        parsed.GetValue(grants) ?? [],
        parsed.GetValue(memory),
        parsed.GetValue(refreshes),
        parsed.GetValue(buffers));
    try
    {
        var results = await new BenchRun(options, Console.Error).RunAsync(stop);
        await Console.Out.WriteAsync(Tables.Of(results));
        if (parsed.GetValue(json) is { } file)
        {
            await results.SaveAsync(file.FullName, stop);
        }

        if (parsed.GetValue(markdown) is { } page)
        {
            await Tables.WriteAsync(results, page.FullName, parsed.GetValue(svg)?.FullName, stop);
        }

        if (parsed.GetValue(svg) is { } picture)
        {
            await File.WriteAllTextAsync(picture.FullName, Chart.Of(results.Measurements), stop);
        }

        return results.Verdicts.All(v => v.Kept) ? 0 : 1;
    }
    catch (BenchException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 2;
    }
});
return await command.Parse(args).InvokeAsync();
#endif
